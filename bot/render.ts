import { Template } from 'adaptivecards-templating';
import type { DateTime } from 'luxon';
import answer from '../cards/answer.json' with { type: 'json' };
import ask from '../cards/ask.json' with { type: 'json' };
import confirm from '../cards/confirm.json' with { type: 'json' };
import draft from '../cards/draft.json' with { type: 'json' };
import edit from '../cards/edit.json' with { type: 'json' };
import ended from '../cards/ended.json' with { type: 'json' };
import help from '../cards/help.json' with { type: 'json' };
import invitation from '../cards/invitation.json' with { type: 'json' };
import meeting from '../cards/meeting.json' with { type: 'json' };
import meetings from '../cards/meetings.json' with { type: 'json' };
import problem from '../cards/problem.json' with { type: 'json' };
import settings from '../cards/settings.json' with { type: 'json' };
import welcome from '../cards/welcome.json' with { type: 'json' };
import which from '../cards/which.json' with { type: 'json' };
import { memo } from './base/cache.ts';
import { filler, outline } from './render/outline.ts';
import type { Rendered, Reply } from './reply.ts';
import { answerFilling } from './say/answer.ts';
import { askFilling } from './say/ask.ts';
import { draftFilling } from './say/draft.ts';
import { editFilling } from './say/edit.ts';
import { confirmFilling, endedFilling } from './say/ending.ts';
import type { Audience, Filling } from './say/filling.ts';
import { invitationFilling, invitationText } from './say/invitation.ts';
import { meetingFilling } from './say/meeting.ts';
import { noticeText } from './say/notice.ts';
import { problemFilling } from './say/problem.ts';
import { say } from './say/say.ts';
import { helpFilling, meetingsFilling, settingsFilling, welcomeFilling } from './say/simple.ts';
import { choiceFilling, whichFilling } from './say/which.ts';

const CARDS = {
  answer,
  ask,
  confirm,
  draft,
  edit,
  ended,
  help,
  invitation,
  meeting,
  meetings,
  problem,
  settings,
  welcome,
  which,
};
/** Compiled once, when first needed: compiling costs thirty times what filling does, and all of them a fifth of a start. */
const templates = memo(100, (name) => new Template(CARDS[name as keyof typeof CARDS]));
// Templates ask only what is there, never what it says: cards of one shape are expanded once, and each is filled in.
const expanded = memo(500, (key) => {
  const end = key.indexOf(' ');
  const card: object = templates(key.slice(0, end)).expand({ $root: JSON.parse(key.slice(end)) });
  return filler(withoutNull(card));
});

/** The reply as this reader sees it: in their language, with times worded from where they are. Pure and total. */
export function render(
  reply: Reply,
  reader: { locale: string; zone: string | null; now: DateTime },
): Rendered {
  const voice = say(reader.locale);
  const audience: Audience = { say: voice, zone: reader.zone, now: reader.now };
  switch (reply.kind) {
    case 'meeting':
      return card('meeting', meetingFilling(reply, audience));
    case 'ask':
      return card('ask', askFilling(reply, audience));
    case 'invitation':
      return reply.as === 'text'
        ? { kind: 'text', text: invitationText(reply, audience) }
        : card('invitation', invitationFilling(reply, audience));
    case 'answer':
      return card('answer', answerFilling(reply, audience));
    case 'draft':
      return card('draft', draftFilling(reply, audience));
    case 'edit':
      return card('edit', editFilling(reply, audience));
    case 'confirm':
      return card('confirm', confirmFilling(reply, audience));
    case 'ended':
      return card('ended', endedFilling(reply, audience));
    case 'choice':
      return card('which', choiceFilling(reply, audience));
    case 'which':
      return card('which', whichFilling(reply, audience));
    case 'meetings':
      return card('meetings', meetingsFilling(reply, audience));
    case 'settings':
      return card('settings', settingsFilling(reply, audience));
    case 'welcome':
      return card('welcome', welcomeFilling(reply, audience));
    case 'help':
      return card('help', helpFilling(reply, audience));
    case 'problem':
      return card('problem', problemFilling(reply, audience));
    case 'signin':
      return { kind: 'oauth', text: voice.text('signin.text'), buttonTitle: voice.text('signin.button') };
    case 'notice':
      return { kind: 'text', text: noticeText(reply, audience) };
    default:
      return reply satisfies never;
  }
}

function card(name: keyof typeof CARDS, { data, summary }: Filling): Rendered {
  const { shape, values } = outline(data);
  const fill = expanded(`${name} ${shape}`);
  return { kind: 'card', card: fill(values) as Record<string, unknown>, summary };
}

/** A member of the card itself whose data is an empty list comes out of the template as null. */
function withoutNull(card: object): object {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== null));
}

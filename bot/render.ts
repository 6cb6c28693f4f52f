import { Template } from 'adaptivecards-templating';
import type { DateTime } from 'luxon';
import ask from '../cards/ask.json' with { type: 'json' };
import help from '../cards/help.json' with { type: 'json' };
import meeting from '../cards/meeting.json' with { type: 'json' };
import meetings from '../cards/meetings.json' with { type: 'json' };
import problem from '../cards/problem.json' with { type: 'json' };
import settings from '../cards/settings.json' with { type: 'json' };
import welcome from '../cards/welcome.json' with { type: 'json' };
import type { Rendered, Reply } from './reply.ts';
import { askFilling } from './say/ask.ts';
import type { Audience, Filling } from './say/filling.ts';
import { meetingFilling } from './say/meeting.ts';
import { say } from './say/say.ts';
import {
  helpFilling,
  meetingsFilling,
  problemFilling,
  settingsFilling,
  welcomeFilling,
} from './say/simple.ts';

/** Compiled once: compiling costs thirty times what filling does. */
const TEMPLATES = {
  ask: new Template(ask),
  help: new Template(help),
  meeting: new Template(meeting),
  meetings: new Template(meetings),
  problem: new Template(problem),
  settings: new Template(settings),
  welcome: new Template(welcome),
};

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
    case 'meetings':
      return card('meetings', meetingsFilling(reply, audience));
    case 'settings':
      return card('settings', settingsFilling(reply, audience));
    case 'welcome':
      return card('welcome', welcomeFilling(audience));
    case 'help':
      return card('help', helpFilling(reply, audience));
    case 'problem':
      return card('problem', problemFilling(reply, audience));
    case 'signin':
      return { kind: 'oauth', text: voice.text('signin.text'), buttonTitle: voice.text('signin.button') };
    case 'notice':
      return { kind: 'text', text: voice.text(`notice.${reply.notice}`) };
    default:
      return reply satisfies never;
  }
}

function card(name: keyof typeof TEMPLATES, { data, summary }: Filling): Rendered {
  return { kind: 'card', card: TEMPLATES[name].expand({ $root: data }), summary };
}

import type { DateTime } from 'luxon';
import type { Rendered } from './card-template.ts';
import { answerCard } from './cards/answer.ts';
import { askCard } from './cards/ask.ts';
import { confirmCard } from './cards/confirm.ts';
import { draftCard, draftsCard } from './cards/draft.ts';
import { editCard } from './cards/edit.ts';
import { elsewhereCard } from './cards/elsewhere.ts';
import { endedCard } from './cards/ended.ts';
import { helpCard } from './cards/help.ts';
import { renderInvitation } from './cards/invitation.ts';
import { linkCard } from './cards/link.ts';
import { meetingCard } from './cards/meeting.ts';
import { meetingsCard } from './cards/meetings.ts';
import { problemCard } from './cards/problem.ts';
import { reminderCard } from './cards/reminder.ts';
import { settingsCard } from './cards/settings.ts';
import { pollCard, timesCard } from './cards/times.ts';
import { welcomeCard } from './cards/welcome.ts';
import { whichCard } from './cards/which.ts';
import { type Audience, say } from './say.ts';
import { renderAttendance, renderDetails, renderNotice, renderSignIn } from './texts.ts';

/** The renderer of each kind of reply. */
const RENDERERS = {
  meeting: meetingCard,
  link: linkCard,
  draft: draftCard,
  drafts: draftsCard,
  edit: editCard,
  newMeeting: editCard,
  confirm: confirmCard,
  elsewhere: elsewhereCard,
  ended: endedCard,
  which: whichCard,
  times: timesCard,
  poll: pollCard,
  ask: askCard,
  meetings: meetingsCard,
  welcome: welcomeCard,
  settings: settingsCard,
  help: helpCard,
  invitation: renderInvitation,
  answer: answerCard,
  details: renderDetails,
  attendance: renderAttendance,
  signin: renderSignIn,
  problem: problemCard,
  reminder: reminderCard,
  notice: renderNotice,
};

type Renderers = typeof RENDERERS;

/**
 * What a person is told, without words or layout: say/ has the words, cards/ the layout. Ids and revisions in it are looked up
 * again, never trusted.
 */
export type Reply = {
  [Kind in keyof Renderers]: Extract<Parameters<Renderers[Kind]>[0], { kind: Kind }>;
}[keyof Renderers];

type Reader = { locale: string; zone: string | null; now: DateTime };

/** Renders a reply for one reader: in their language, with times in their zone. Never throws. */
export function render(reply: Reply, { locale, zone, now }: Reader): Rendered {
  const renderer = RENDERERS[reply.kind] as (reply: Reply, audience: Audience) => Rendered;
  return renderer(reply, { say: say(locale), zone, now });
}

/** Renders the reply as text, for a channel that refused the card. The beginning of `reference` lets an operator find the reason. */
export function renderInWords(reply: Reply, reader: Reader, reference: string): Rendered {
  const rendered = render(reply, reader);
  if (rendered.kind !== 'card') return rendered;
  const { text } = say(reader.locale);
  const lines = [String(rendered.card.fallbackText)];
  if (reply.kind !== 'problem') lines.push(text('problem.reference', { reference: reference.slice(0, 8) }));
  return { kind: 'text', text: lines.join('\n\n') };
}

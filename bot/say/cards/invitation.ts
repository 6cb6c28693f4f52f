import template from '../../../cards/invitation.json' with { type: 'json' };
import { toLine } from '../../base/safe-text.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import { type Rendered, toCard, type Value } from '../card-template.ts';
import type { Audience, Say } from '../say.ts';
import { isAnyTime } from '../words/meeting-head.ts';
import { nameLanguage, plain, wordLabelled } from '../words/text.ts';
import { spanIn } from '../words/time.ts';
import { groupDigits, groupPhone } from '../words/ways-to-join.ts';

/** The text to pass on, in the language that was asked for (BCP 47), or in English where Teams has none in it. */
type InvitationReply = {
  kind: 'invitation';
  id: string;
  meeting: Meeting;
  zone: string;
  isRoom: boolean;
  /** Graph's own lines: how to join. */
  lines: readonly string[];
  language: string;
  isEnglish: boolean;
  /** `text`: a message that holds nothing else, to be copied and forwarded whole. */
  as: 'card' | 'text';
  /** The reader may ask for it in another language. */
  isOwn: boolean;
};

/** The languages in the card's list. Any other can be asked for in words. */
const LANGUAGES = 'en de fr es it pt nl pl sv da nb fi cs tr ru uk ja ko zh ar hi'.split(' ');

/** More characters than a subject has at Graph. */
const LONGEST_TITLE = 1_000;

/** Renders cards/invitation.json, or a message that holds the invitation and nothing else. */
export function renderInvitation(reply: InvitationReply, audience: Audience): Rendered {
  return reply.as === 'text'
    ? { kind: 'text', text: linesOf(reply, audience).join('\n') }
    : toInvitationCard(reply, audience);
}

/** Renders cards/invitation.json: the text to pass on, a line each, so that it is copied as it stands. */
const toInvitationCard = toCard<InvitationReply>(template, (reply, audience) => {
  const { say } = audience;
  const { text } = say;
  const { id, language, isOwn } = reply;
  const shown = isFallback(reply) ? 'en' : language;
  const heading = headingIn(shown, say);
  const [title = '', ...lines] = linesOf(reply, audience);
  return {
    data: {
      id,
      heading,
      notes: isFallback(reply) ? [text('invitation.english', { language: nameLanguage(language, say) })] : [],
      title,
      lines: lines.map(splitAddress),
      hint: text(isOwn ? 'invitation.hint' : 'invitation.seenHint'),
      own: isOwn ? [ownInput(shown, say)] : [],
      send: isOwn ? [{ title: text('invitation.send'), language }] : [],
      show: isOwn ? [text('invitation.show')] : [],
    },
    speak: [heading, plain(title)],
    fallbackText: [title, ...lines].join('\n'),
    summary: wordLabelled(heading, plain(title), say),
  };
});

/** The heading, which names the language unless it is the reader's. */
function headingIn(language: string, say: Say): string {
  const isOwn = [say.locale, languageOf(say.locale)].includes(language);
  if (isOwn) return say.text('invitation.title');
  return say.text('invitation.titleIn', { language: nameLanguage(language, say) });
}

const languageOf = (tag: string): string => new Intl.Locale(tag).language;

const isInEnglish = (tag: string): boolean => languageOf(tag) === 'en';

const isFallback = ({ language, isEnglish }: InvitationReply) => isEnglish && !isInEnglish(language);

function ownInput(shown: string, say: Say): Value {
  const others = LANGUAGES.filter((tag) => tag !== shown.split('-')[0]);
  const choices = others
    .map((tag) => ({ title: nameLanguage(tag, say), value: tag }))
    .sort((a, b) => a.title.localeCompare(b.title, say.locale));
  const { text } = say;
  return {
    label: text('invitation.language'),
    placeholder: text('invitation.choose'),
    choices,
  };
}

/** Separates an address from the words before it. Only a TextBlock breaks a long address, and nothing may be inserted, so that it can be copied. */
function splitAddress(line: string): Value {
  const [, words, url] = /^(?:(.*): )?(https:\/\/\S+)$/.exec(line) ?? [];
  if (url === undefined) return { words: [line], url: [] };
  return { words: words === undefined ? [] : [`${words}:`], url: [url] };
}

/** The subject and the time, then Graph's lines in their language, and what those lack. */
function linesOf(reply: InvitationReply, audience: Audience): string[] {
  const { meeting, zone, isRoom, lines } = reply;
  const { say } = audience;
  const title = meeting.subject ?? say.text(isRoom ? 'room.untitled' : 'meeting.untitled');
  const english = isInEnglish(say.locale) ? say.locale : 'en-GB';
  const locale = reply.isEnglish ? english : reply.language;
  const when = isAnyTime({ isRoom, start: meeting.start }, audience)
    ? []
    : [spanIn(locale, zone, meeting.start, meeting.end)];
  return [toLine(title, LONGEST_TITLE), ...when, ...lines, ...listMissing(reply, say)];
}

/** What is needed to join and missing in Graph's lines. */
function listMissing({ meeting, lines }: InvitationReply, say: Say): string[] {
  const { text } = say;
  const { joinUrl, meetingId, passcode, dialIn } = meeting;
  const all = lines.join('\n');
  const digits = all.replaceAll(/\D/g, '');
  const line = (label: string, value: string | null | undefined, isThere: boolean) =>
    value && !isThere ? [wordLabelled(label, value, say)] : [];
  const number = (value: string | null | undefined) => digits.includes((value ?? '').replaceAll(/\D/g, ''));
  const phones = [...(dialIn?.toll ?? []), ...(dialIn?.tollFree ?? [])];
  const conference = dialIn?.conferenceId && `${groupDigits(dialIn.conferenceId)}#`;
  return [
    ...line(text('meeting.join'), joinUrl, all.includes(joinUrl)),
    ...line(text('meeting.meetingId'), meetingId && groupDigits(meetingId), number(meetingId)),
    ...line(text('meeting.passcode'), passcode, passcode !== null && all.includes(passcode)),
    ...phones.flatMap((phone) => line(text('meeting.toll'), groupPhone(phone), number(phone))),
    ...line(text('meeting.conferenceId'), conference, number(dialIn?.conferenceId)),
  ];
}

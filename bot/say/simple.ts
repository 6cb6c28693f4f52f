import type { Reply } from '../reply.ts';
import { type Audience, clockFor, type Filling, plain, shown } from './filling.ts';
import type { Say } from './say.ts';
import { capital, shortDay, span, zoneName } from './when.ts';

type Of<K extends Reply['kind']> = Extract<Reply, { kind: K }>;

const PHRASES = ['create', 'range', 'now', 'list', 'signout'] as const;
const MEETINGS_SHOWN = 8;
const QUOTED_SHOWN = 200;

/** Fills cards/welcome.json. */
export function welcomeFilling({ say }: Audience): Filling {
  const { text } = say;
  const title = text('welcome.title');
  const what = text('welcome.what');
  return {
    data: {
      title,
      what,
      tryTitle: text('welcome.try'),
      phrases: phrases(say).slice(0, 3),
      permissionTitle: text('welcome.permission'),
      permission: [text('welcome.consent'), text('welcome.limits')],
      speak: `${title}. ${what}`,
      fallbackText: `${title}. ${what}`,
    },
    summary: title,
  };
}

/** Fills cards/help.json; unknown text is said back as it was written. */
export function helpFilling({ quoted }: Of<'help'>, { say }: Audience): Filling {
  const { text } = say;
  const unknown = text('help.unknown');
  const title = quoted === null ? text('help.title') : unknown;
  const spoken = [title, ...phrases(say).map(({ phrase }) => phrase)].join('. ');
  return {
    data: {
      title,
      quoted: quoted === null ? [] : [shown(short(quoted))],
      works: quoted === null ? [] : [text('help.works')],
      phrases: phrases(say),
      note: text('help.note'),
      speak: spoken,
      fallbackText: spoken,
    },
    summary: title,
  };
}

/** Fills cards/problem.json: what happened, the next step, and what an operator needs to find it. */
export function problemFilling(reply: Of<'problem'>, { say }: Audience): Filling {
  const { text } = say;
  const { problem, retryId, adminUrl } = reply;
  const title = text(`problem.${problem}.title`);
  const what = text(`problem.${problem}.what`);
  const next = text(`problem.${problem}.next`);
  return {
    data: {
      title,
      what,
      next,
      reference: text('problem.reference', { reference: reply.reference }),
      forward: adminUrl?.startsWith('https://')
        ? [
            {
              label: text('problem.forward'),
              message: text('problem.message', { url: adminUrl }),
              url: adminUrl,
              open: text('problem.openConsent'),
            },
          ]
        : [],
      retry: retryId === null ? [] : [{ title: text('problem.retry'), id: retryId }],
      speak: `${title}. ${what} ${next}`,
      fallbackText: `${title}. ${what} ${next}`,
    },
    summary: title,
  };
}

/** Fills cards/meetings.json, soonest first as given. */
export function meetingsFilling({ zone, meetings }: Of<'meetings'>, audience: Audience): Filling {
  const { say } = audience;
  const clock = clockFor(audience, zone);
  const rows = meetings.slice(0, MEETINGS_SHOWN).map(({ subject, start, end, joinUrl }) => ({
    title: shown(subject ?? say.text('meeting.untitled')),
    when: say.text('meetings.line', {
      day: capital(shortDay(start, clock), say),
      hours: span(start, end, clock).hours,
    }),
    join: say.text('meetings.join'),
    url: joinUrl,
  }));
  const hidden = meetings.length - rows.length;
  const count = say.text('meetings.summary', { count: meetings.length });
  return {
    data: {
      heading: say.text('meetings.title'),
      rows,
      more: hidden > 0 ? [say.text('meetings.more', { count: hidden })] : [],
      zone: say.text('times.zone', { zone: zoneName(zone, say) }),
      speak: [count, ...rows.map(({ title, when }) => `${plain(title)}, ${when}`)].join('. '),
      fallbackText: [count, ...rows.map(({ when, url }) => `${when}: ${url}`)].join('. '),
    },
    summary: count,
  };
}

function phrases({ text }: Say): { phrase: string; does: string }[] {
  return PHRASES.map((name) => ({ phrase: text(`phrase.${name}`), does: text(`phrase.${name}.does`) }));
}

function short(text: string): string {
  const characters = [...text];
  return characters.length <= QUOTED_SHOWN ? text : `${characters.slice(0, QUOTED_SHOWN).join('')}…`;
}

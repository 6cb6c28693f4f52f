import type { Reply } from '../reply.ts';
import type { Audience, Filling } from './filling.ts';
import { zoneName } from './when.ts';

type EditReply = Extract<Reply, { kind: 'edit' }>;

/** As many characters as the form takes. */
const SUBJECT_LIMIT = 255;

/** Fills cards/edit.json. Inputs are `subject`, `date`, `time` and `minutes`; the subject goes in as it is, for an input reads no markup. */
export function editFilling(reply: EditReply, { say }: Audience): Filling {
  const { text } = say;
  const heading = text('edit.title');
  const wrong = reply.wrong === null ? [] : [text(`edit.${reply.wrong}`)];
  const error = text('ask.required');
  const note = `${text('times.zone', { zone: zoneName(reply.zone, say) })} ${text('edit.sameLink')}`;
  const spoken = [heading, ...wrong].join('. ');
  return {
    data: {
      id: reply.id,
      revision: reply.revision,
      heading,
      wrong,
      subject: {
        label: text('edit.subjectLabel'),
        placeholder: text('meeting.untitled'),
        value: fitted(reply.subject ?? ''),
      },
      date: { label: text('ask.dateLabel'), value: reply.date, error },
      time: { label: text('ask.timeLabel'), value: reply.time, error },
      minutes: { label: text('edit.minutesLabel'), value: reply.minutes, error: text('edit.minutesError') },
      note,
      save: text('edit.save'),
      back: text('edit.back'),
      speak: spoken,
      fallbackText: `${spoken}. ${text('edit.elsewhere')}`,
    },
    summary: heading,
  };
}

/** Cut to the limit, but never through a character that takes two places. */
function fitted(subject: string): string {
  return subject.slice(0, SUBJECT_LIMIT).replace(/[\ud800-\udbff]$/, '');
}

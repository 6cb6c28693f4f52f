import { textOf } from '../say/card-template.ts';
import type { Answer } from './outcome.ts';
import { type HttpAnswer, type Renderer, toAttachment, toHttpAnswer } from './reply-activity.ts';
import { isExtension, type Turn } from './turn.ts';

/** How this turn's answers are written as an HTTP answer. */
export function answererOf({ kind }: Pick<Turn, 'kind'>): typeof toHttpAnswer {
  if (kind === 'link') return toLinkAnswer;
  return isExtension(kind) ? toDialogAnswer : toHttpAnswer;
}

/** An address is shown as a card, or stays as it is. */
const toLinkAnswer: typeof toHttpAnswer = (answer, render) =>
  answer?.kind === 'insert' ? inserted(answer.reply, render) : { status: 200 };

/** The response to the invokes of a message extension. Without a body Teams closes the dialog. */
function toDialogAnswer(answer: Answer | null, render: Renderer): HttpAnswer {
  switch (answer?.kind) {
    case undefined:
    case 'ok':
      return { status: 200 };
    case 'form': {
      const rendered = render(answer.reply);
      if (rendered.kind !== 'card') return message(textOf(rendered));
      const { card, summary } = rendered;
      return task('continue', { ...SIZE, title: summary, card: toAttachment(card) });
    }
    case 'signInPage': {
      const { url } = answer;
      const rendered = render(answer.reply);
      const title = rendered.kind === 'oauth' ? rendered.buttonTitle : '';
      return task('continue', { ...SIZE, title, url, fallbackUrl: url });
    }
    case 'login': {
      const rendered = render(answer.reply);
      const title = rendered.kind === 'oauth' ? rendered.buttonTitle : '';
      const action = { type: 'openUrl', value: answer.reply.startUrl, title };
      return composeExtension({ type: 'auth', suggestedActions: { actions: [action] } });
    }
    case 'insert':
      return inserted(answer.reply, render);
    // The buttons of a card would lead nowhere in a dialog.
    case 'card':
    case 'sentence':
      return message(textOf(render(answer.reply)));
    case 'posted':
      return message(textOf(render({ kind: 'notice', notice: answer.notice })));
    case 'exchangeFailed':
    case 'consent':
    case 'comeAgain':
      return toHttpAnswer(answer, render);
    default:
      return answer satisfies never;
  }
}

const SIZE = { width: 'medium', height: 'medium' } as const;

const task = (type: 'continue' | 'message', value: unknown): HttpAnswer => ({
  status: 200,
  body: { task: { type, value } },
});
const message = (text: string): HttpAnswer => task('message', text);
const composeExtension = (value: object): HttpAnswer => ({ status: 200, body: { composeExtension: value } });

/** A card for the compose box, with what lists of results show of it. */
function inserted(reply: Extract<Answer, { kind: 'insert' }>['reply'], render: Renderer): HttpAnswer {
  const rendered = render(reply);
  if (rendered.kind !== 'card') return message(textOf(rendered));
  const preview = {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title: rendered.summary },
  };
  const attachments = [{ ...toAttachment(rendered.card), preview }];
  return composeExtension({ type: 'result', attachmentLayout: 'list', attachments });
}

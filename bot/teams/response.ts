import type { Activity, Attachment, OAuthCard } from 'botbuilder';
import { type Rendered, textOf } from '../say/card-template.ts';
import type { Reply } from '../say/render.ts';
import type { SignInReply } from '../say/texts.ts';
import type { Answer } from './outcome.ts';
import type { Turn } from './turn.ts';

/** Turns a reply into what a person sees, in their language and zone. */
export type Renderer = (reply: Reply) => Rendered;

/** A reply as a message. A card has no text beside it: Teams would split the message and return no id. */
export function toMessage(reply: Reply, render: Renderer): Partial<Activity> {
  const rendered = render(reply);
  switch (rendered.kind) {
    case 'card':
      return { type: 'message', summary: rendered.summary, attachments: [toAttachment(rendered.card)] };
    case 'text':
      return { type: 'message', text: rendered.text, textFormat: 'plain' };
    case 'oauth': {
      const content = toOAuthCard(reply as SignInReply, rendered);
      return {
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }],
      };
    }
    default:
      return rendered satisfies never;
  }
}

/** A card as an attachment. */
const toAttachment = (content: object): Attachment => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content,
});

/** The connection name is empty, because sign-in does not use the Bot Framework token service. A null resource must not be sent. */
function toOAuthCard(
  reply: SignInReply,
  { text, buttonTitle }: { text: string; buttonTitle: string },
): OAuthCard {
  return {
    text,
    connectionName: '',
    buttons: [{ type: 'signin', title: buttonTitle, value: reply.startUrl }],
    ...(reply.exchange !== null && { tokenExchangeResource: reply.exchange }),
  } as OAuthCard;
}

/** The HTTP answer to the channel's request. */
export type HttpAnswer = { status: number; body?: object };

/** The response to an invoke. Card actions are always HTTP 200 with their own status inside. */
function toHttpAnswer(answer: Answer | null, render: Renderer): HttpAnswer {
  switch (answer?.kind) {
    case undefined:
      return { status: 200 };
    case 'ok':
      return { status: 200, body: {} };
    case 'exchangeFailed': {
      const { exchangeId: id, connectionName, detail: failureDetail } = answer;
      return { status: 412, body: { id, connectionName, failureDetail } };
    }
    case 'card':
    case 'form':
    case 'insert':
      return inCard(200, 'application/vnd.microsoft.card.adaptive', cardOf(render(answer.reply)));
    case 'sentence':
      return inCard(200, MESSAGE, textOf(render(answer.reply)));
    case 'posted':
      return inCard(200, MESSAGE, textOf(render({ kind: 'notice', notice: answer.notice })));
    case 'signInPage':
    case 'login': {
      const rendered = render(answer.reply);
      const value = rendered.kind === 'oauth' ? toOAuthCard(answer.reply, rendered) : {};
      return inCard(401, 'application/vnd.microsoft.activity.loginRequest', value);
    }
    case 'consent':
      return inCard(412, 'application/vnd.microsoft.error.preconditionFailed', {
        code: '412',
        message: 'The person has to agree first.',
      });
    case 'comeAgain':
      return { status: 503 };
    default:
      return answer satisfies never;
  }
}

const MESSAGE = 'application/vnd.microsoft.activity.message';
const inCard = (statusCode: number, type: string, value: unknown): HttpAnswer => ({
  status: 200,
  body: { statusCode, type, value },
});
/** The answer to an invoke that the bot does not know. */
export const BAD_REQUEST = inCard(400, 'application/vnd.microsoft.error', {
  code: 'BadRequest',
  message: 'Parley does not know this.',
});
const cardOf = (rendered: Rendered): object => (rendered.kind === 'card' ? rendered.card : {});

/** Whether the person sees the response to the activity itself. */
export const isSeen = (turn: Turn): boolean =>
  isExtension(turn.kind) || (turn.kind === 'action' && turn.action.via === 'invoke');

/** Whether the activity belongs to the message extension. */
export const isExtension = (kind: Turn['kind']): boolean =>
  kind === 'openDialog' || kind === 'submitDialog' || kind === 'link';

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
      const { url, reply } = answer;
      return task('continue', { ...SIZE, title: buttonOf(render(reply)), url, fallbackUrl: url });
    }
    case 'login': {
      const { reply } = answer;
      const action = { type: 'openUrl', value: reply.startUrl, title: buttonOf(render(reply)) };
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

const buttonOf = (rendered: Rendered): string => (rendered.kind === 'oauth' ? rendered.buttonTitle : '');

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

/** The typing indicator is shown when a turn takes longer than this. */
const TYPING_MS = 500;
/** An invoke is answered with "working on it" shortly before Teams gives up; the card changes when the work is done. */
const INVOKE_MS = 4_000;
/** How long the answer to a sign-in waits for the work that follows: if the process dies meanwhile, Teams shows its button again. */
const HOLD_MS = 3_000;

/** The HTTP response to one activity. It is sent once; to an invoke before Teams gives up. */
export type ActivityResponse = {
  /** Sets the answer that will be sent. */
  prepare(answer: Answer): void;
  /** Sends the prepared answer now, or this one. */
  send(answer?: HttpAnswer): void;
  /** Sends it after a while, whether or not the work that follows is done then. */
  hold(): void;
  /** Whether the channel still waits for it and would deliver the activity again. */
  isAwaited(): boolean;
  /** Whether the person was told "working on it", because no answer was there in time. */
  isLate(): boolean;
  /** Cancels all timers. */
  stop(): void;
};

type ResponseOptions = {
  turn: Turn;
  renderer: Renderer;
  resolve(answer: HttpAnswer): void;
  /** Called once when the turn takes long. */
  onSlow(): void;
};

/** A response that is not sent yet; its timers start now. */
export function createResponse({ turn, renderer, resolve, onSlow }: ResponseOptions): ActivityResponse {
  const toAnswer = answererOf(turn);
  let state: 'awaited' | 'held' | 'sent' = 'awaited';
  let isLate = false;
  let prepared: HttpAnswer = { status: 200 };
  const send = (answer = prepared) => {
    state = 'sent';
    resolve(answer);
  };
  const sendLate = () => {
    // The answer was in time, and only what follows takes long.
    if (state === 'sent') return;
    isLate = true;
    const notice = isExtension(turn.kind) ? 'workingOnDialog' : 'working';
    send(toAnswer({ kind: 'sentence', reply: { kind: 'notice', notice } }, renderer));
  };
  const timers = [isSeen(turn) ? setTimeout(sendLate, INVOKE_MS) : setTimeout(onSlow, TYPING_MS)];
  return {
    send,
    prepare: (answer) => {
      prepared = toAnswer(answer, renderer);
    },
    hold: () => {
      if (state === 'awaited') state = 'held';
      timers.push(setTimeout(send, HOLD_MS, undefined));
    },
    isAwaited: () => state === 'awaited',
    isLate: () => isLate,
    stop: () => timers.forEach(clearTimeout),
  };
}

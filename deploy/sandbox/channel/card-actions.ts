import type { Person } from '../people.ts';
import { actionsIn, adaptiveCards, faultInCard, isRecord } from './cards.ts';
import type { Delivered } from './delivery.ts';
import type { CardAction, Json, Message } from './model.ts';
import { authenticationOf, type SignIns } from './sign-in.ts';
import type { State } from './state.ts';
import { need, seenBy } from './teams-client.ts';

/** What the person sees after a click: another card, a sentence, a request to sign in, or no change. */
type Executed = Delivered & { shown: 'card' | 'message' | 'signIn' | 'error' | 'nothing' };

/** What a person sees of cards, and does with them. Throws for a message that is not there. */
export type CardActions = {
  /** The cards of a message as this person sees them. */
  cardsFor(person: Person, messageId: string): Json[];
  /**
   * Clicks an Action.Execute: the action as it stands in the card, or the verb of one that this person can see.
   * Inputs are merged into its data. A request to sign in is answered silently where that works.
   */
  execute(person: Person, messageId: string, action: CardAction | string, inputs?: Json): Promise<Executed>;
  /** The person sees the message: Teams asks for their own view where the card wants that. Null where it does not. */
  refresh(person: Person, messageId: string): Promise<Executed | null>;
  /** The person presses *Sign in*; answers the address that Teams opens in a popup. */
  openSignIn(person: Person, messageId: string): string;
  /** The popup called notifySuccess with this result. */
  finishSignIn(person: Person, messageId: string, result: string): Promise<Delivered>;
  /** The popup called notifyFailure with this reason, or was closed (`CancelledByUser`). */
  failSignIn(person: Person, messageId: string, reason: string): Promise<Delivered>;
};

const WENT_WRONG = 'Something went wrong. Please try again.';

type Attempt = { action: CardAction; inputs: Json; trigger: 'manual' | 'automatic' };

/** Universal Actions as Teams' client does them. */
export function createCardActions({ state, signIns }: { state: State; signIns: SignIns }): CardActions {
  const cardsFor = (person: Person, messageId: string) => {
    const message = seenBy(state, person, messageId);
    const own = message.views.get(person.oid);
    return own ? [own] : adaptiveCards(message.activity);
  };

  const send = (person: Person, message: Message, attempt: Attempt, more: Json = {}) => {
    const { type, id, verb, data } = attempt.action;
    const merged = { ...(isRecord(data) ? data : {}), ...attempt.inputs };
    const value = {
      action: { type, ...(id ? { id } : {}), verb, data: merged },
      trigger: attempt.trigger,
      ...more,
    };
    return signIns.invoke(person, message, 'adaptiveCard/action', value);
  };

  const run = async (
    person: Person,
    message: Message,
    attempt: Attempt,
    more: Json = {},
  ): Promise<Executed> => {
    const first = await send(person, message, attempt, more);
    const login = loginCard(first);
    if (!login) return show(person, message, attempt, first);
    const conversation = need(state.conversation(message.conversationId), message.conversationId);
    const got = await signIns.token(person, login, conversation);
    const second =
      'token' in got
        ? await send(person, message, attempt, { authentication: authenticationOf(login, got.token) })
        : first;
    if (!wantsSignIn(second)) return show(person, message, attempt, second);
    if (attempt.trigger === 'automatic') return { ...second, shown: 'nothing' };
    const waiting = { action: attempt.action, inputs: attempt.inputs };
    message.signIns.set(person.oid, { state: 'button', card: loginCard(second) ?? login, waiting });
    state.changed(message);
    return { ...second, shown: 'signIn' };
  };

  const show = (person: Person, message: Message, attempt: Attempt, delivered: Delivered): Executed => {
    const shown = read(delivered);
    if (attempt.trigger === 'automatic' && shown.kind !== 'card') return { ...delivered, shown: 'nothing' };
    message.notices.delete(person.oid);
    if (shown.kind === 'card') message.views.set(person.oid, shown.card);
    else if (shown.kind !== 'nothing') message.notices.set(person.oid, shown.text);
    state.changed(message);
    return { ...delivered, shown: shown.kind };
  };

  const signInOf = (person: Person, message: Message) =>
    need(message.signIns.get(person.oid), `a sign-in of ${person.name}`);

  return {
    cardsFor,
    execute(person, messageId, wanted, inputs = {}) {
      const message = seenBy(state, person, messageId);
      const visible = cardsFor(person, messageId).flatMap(actionsIn);
      const action =
        typeof wanted === 'string'
          ? need(
              visible.find((candidate) => candidate.verb === wanted),
              `an action ${wanted} on this card`,
            )
          : wanted;
      return run(person, message, { action, inputs, trigger: 'manual' });
    },
    async refresh(person, messageId) {
      const message = seenBy(state, person, messageId);
      const refresh = adaptiveCards(message.activity)[0]?.refresh;
      if (!isRecord(refresh) || !isRecord(refresh.action)) return null;
      if (Array.isArray(refresh.userIds) && !refresh.userIds.includes(person.teamsId)) return null;
      const action = refresh.action as CardAction;
      return run(person, message, { action, inputs: {}, trigger: 'automatic' });
    },
    openSignIn(person, messageId) {
      const message = seenBy(state, person, messageId);
      const signIn = signInOf(person, message);
      message.signIns.set(person.oid, { ...signIn, state: 'open' });
      state.changed(message);
      const [button] = Array.isArray(signIn.card.buttons) ? signIn.card.buttons : [];
      return isRecord(button) ? String(button.value) : '';
    },
    async finishSignIn(person, messageId, result) {
      const message = seenBy(state, person, messageId);
      const signIn = signInOf(person, message);
      message.signIns.set(person.oid, { ...signIn, state: 'done' });
      state.changed(message);
      if (signIn.waiting)
        return run(person, message, { ...signIn.waiting, trigger: 'manual' }, { state: result });
      const delivered = await signIns.invoke(person, message, 'signin/verifyState', { state: result });
      if (delivered.status !== 200) message.signIns.set(person.oid, { ...signIn, state: 'button' });
      state.changed(message);
      return delivered;
    },
    failSignIn(person, messageId, reason) {
      const message = seenBy(state, person, messageId);
      message.signIns.set(person.oid, { ...signInOf(person, message), state: 'button' });
      state.changed(message);
      return reason === 'CancelledByUser'
        ? signIns.invoke(person, message, 'signin/verifyState', { state: reason })
        : signIns.invoke(person, message, 'signin/failure', { code: 'authrequestfailed', message: reason });
    },
  };
}

type Shown = { kind: 'card'; card: Json } | { kind: 'message' | 'error'; text: string } | { kind: 'nothing' };

/** Reads the answer to an invoke; anything that Teams would not understand is an error to the person. */
function read({ status, body }: Delivered): Shown {
  if (status !== 200 || !isRecord(body)) return { kind: 'error', text: WENT_WRONG };
  const { statusCode, type, value } = body;
  if (statusCode === 200 && type === 'application/vnd.microsoft.card.adaptive')
    return isRecord(value) && faultInCard(value) === null
      ? { kind: 'card', card: value }
      : { kind: 'error', text: WENT_WRONG };
  if (statusCode === 200 && type === 'application/vnd.microsoft.activity.message')
    return typeof value === 'string' ? { kind: 'message', text: value } : { kind: 'nothing' };
  const text = isRecord(value) && typeof value.message === 'string' ? value.message : WENT_WRONG;
  return { kind: 'error', text };
}

function loginCard({ status, body }: Delivered): Json | null {
  const isLogin =
    status === 200 && isRecord(body) && body.type === 'application/vnd.microsoft.activity.loginRequest';
  return isLogin && body.statusCode === 401 && isRecord(body.value) ? body.value : null;
}

const wantsSignIn = (delivered: Delivered) =>
  loginCard(delivered) !== null || (isRecord(delivered.body) && delivered.body.statusCode === 412);

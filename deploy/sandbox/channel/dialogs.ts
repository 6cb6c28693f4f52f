import { randomUUID } from 'node:crypto';
import { escapeUTF8 } from 'entities';
import type { Person } from '../people.ts';
import { type Envelope, envelope, invokeActivity } from './activities.ts';
import { actionsIn, isRecord } from './cards.ts';
import type { Delivered, Delivery } from './delivery.ts';
import { type DialogAnswer, readDialogAnswer } from './dialog-answer.ts';
import type { Composed, Dialog, Json, Message } from './model.ts';
import type { State } from './state.ts';
import { need, seenBy } from './teams-client.ts';

/** Where the command is called: on a message, or where messages are written in a conversation or above all of them. */
export type Called =
  | { on: 'message'; message: string }
  | { on: 'compose' | 'commandBox'; conversation: string; thread?: string };

/** What people do with the message extension's dialog. Throws where there is no dialog, or nothing to press in it. */
export type Dialogs = {
  openDialog(person: Person, called: Called): Promise<Delivered>;
  /** Presses the button of the dialog's card; inputs are merged into its data. */
  submitDialog(person: Person, inputs?: Json): Promise<Delivered>;
  /** The dialog's page calls `dialog.url.submit`. */
  submitPage(person: Person, result: Json): Promise<Delivered>;
  /**
   * The dialog's page is loaded, gets the person's token from Teams and submits the dialog with it. `origin`: where the
   * bot is reached, where that is not the address that it gives.
   */
  runPage(person: Person, origin?: string): Promise<Delivered>;
  /** The sign-in popup called notifySuccess with this result, or notifyFailure with a reason, or was closed. */
  finishDialogSignIn(person: Person, result: string): Promise<Delivered>;
  closeDialog(person: Person): void;
  /** The card that waits in the compose box is sent, by the person. */
  sendComposed(person: Person): Message;
  discardComposed(person: Person): void;
  /** The person puts an address of the bot into a message; the card that Teams shows for it waits in the compose box. */
  pasteLink(person: Person, conversationId: string, url: string): Promise<Delivered>;
  /** Single sign-on, as a page in Teams gets it. Throws for who is no member of the tenant. */
  tokenOf(person: Person): Promise<string>;
};

type DialogsOptions = {
  state: State;
  people: readonly Person[];
  delivery: Delivery;
  envelope: Envelope;
  tenantId: string;
  tokenFor(person: Person): Promise<string>;
  now(): number;
};

const COMMAND = 'meet';
/** Teams waits no longer for an answer. */
const PATIENCE_MS = 5_000;
const NOT_REACHED = 'Unable to reach app. Please try again.';

/** Message extensions with an action command, as Teams' client does them. */
export function createDialogs(options: DialogsOptions): Dialogs {
  const { state, people, delivery, envelope: common } = options;

  const show = (person: Person, dialog: Dialog | null) => {
    if (dialog === null) state.dialogs.delete(person.oid);
    else state.dialogs.set(person.oid, dialog);
    state.changedDialog(person.oid);
  };
  const dialogOf = (person: Person) => need(state.dialogs.get(person.oid), `a dialog of ${person.name}`);

  /** Sends the invoke, and does what its answer says. */
  const invoke = async (person: Person, dialog: Dialog): Promise<Delivered> => {
    const conversation = need(state.conversation(dialog.conversationId), dialog.conversationId);
    const place = { conversation, thread: dialog.thread, at: options.now() };
    const { name, value } = dialog.invoke;
    const activity = invokeActivity(envelope(common, person, place), name, value);
    const source = dialog.on === 'message' ? 'message' : 'compose';
    activity.channelData = { ...(activity.channelData as Json), source: { name: source } };
    const began = performance.now();
    const delivered = await delivery.deliver(activity);
    const isLate = performance.now() - began > PATIENCE_MS;
    const answer = isLate
      ? { kind: 'fault' as const, reason: 'the app took longer than 5 seconds' }
      : readDialogAnswer(delivered);
    // The person has closed it meanwhile.
    if (!state.dialogs.has(person.oid)) return delivered;
    if (answer.kind === 'show') show(person, { ...dialog, shown: answer.shown });
    else if (answer.kind === 'fault') {
      state.refusals.push({ method: 'INVOKE', path: name, status: delivered.status, reason: answer.reason });
      show(person, { ...dialog, shown: { kind: 'message', text: NOT_REACHED } });
    } else {
      const { attachment } = answer;
      if (attachment !== null) state.composed.set(person.oid, { ...placeOf(dialog), attachment });
      show(person, null);
    }
    return delivered;
  };

  const submit = (person: Person, data: Json) => {
    const dialog = dialogOf(person);
    const { messagePayload: _, state: __, ...before } = dialog.invoke.value;
    const value = { ...before, data, requestId: randomUUID() };
    return invoke(person, { ...dialog, invoke: { name: 'composeExtension/submitAction', value } });
  };

  const tokenOf = (person: Person) => {
    if (person.tenantId !== options.tenantId) throw new Error(`${person.name} gets no token here.`);
    return options.tokenFor(person);
  };

  return {
    tokenOf,
    openDialog(person, called) {
      const message = called.on === 'message' ? seenBy(state, person, called.message) : null;
      const place =
        called.on === 'message'
          ? { conversationId: message?.conversationId ?? '', thread: message?.thread ?? null }
          : { conversationId: called.conversation, thread: called.thread ?? null };
      const value = {
        commandId: COMMAND,
        commandContext: called.on,
        requestId: randomUUID(),
        context: { theme: 'default' },
        ...(message && { messagePayload: messagePayload(message, people, common) }),
      };
      const opened = { name: 'composeExtension/fetchTask', value };
      const dialog: Dialog = { ...place, on: called.on, invoke: opened, shown: { kind: 'loading' } };
      show(person, dialog);
      return invoke(person, dialog);
    },
    submitDialog(person, inputs = {}) {
      const { shown } = dialogOf(person);
      const card = shown.kind === 'card' ? shown.card : {};
      const button = need(
        actionsIn(card).find(({ type }) => type === 'Action.Submit'),
        'a button in this dialog',
      );
      return submit(person, { ...(isRecord(button.data) ? button.data : {}), ...inputs });
    },
    submitPage: submit,
    async runPage(person, origin) {
      const { shown } = dialogOf(person);
      if (shown.kind !== 'page') throw new Error('The dialog shows no page.');
      const { pathname, search, origin: own } = new URL(shown.url);
      const page = await fetch(new URL(`${pathname}${search}`, origin ?? own));
      const text = await page.text();
      if (page.status !== 200 || !text.includes('src="/auth/dialog.js"'))
        throw new Error(`The dialog's page answered ${page.status}.`);
      const id = /data-id="([^"]*)"/.exec(text)?.[1] ?? '';
      const token = await tokenOf(person).catch(() => null);
      return submit(person, { verb: 'meet', id, ...(token !== null && { token }) });
    },
    finishDialogSignIn(person, result) {
      const dialog = dialogOf(person);
      if (dialog.shown.kind !== 'signIn') throw new Error('Nobody was asked to sign in.');
      const { name, value } = dialog.invoke;
      return invoke(person, { ...dialog, invoke: { name, value: { ...value, state: result } } });
    },
    async pasteLink(person, conversationId, url) {
      const conversation = need(state.conversation(conversationId), conversationId);
      const place = { conversation, thread: null, at: options.now() };
      const name = 'composeExtension/queryLink';
      const delivered = await delivery.deliver(
        invokeActivity(envelope(common, person, place), name, { url }),
      );
      const answer = readDialogAnswer(delivered);
      const fault = faultOfLink(answer);
      if (fault !== null)
        state.refusals.push({ method: 'INVOKE', path: name, status: delivered.status, reason: fault });
      else if (answer.kind === 'close' && answer.attachment !== null)
        state.composed.set(person.oid, { conversationId, thread: null, attachment: answer.attachment });
      state.changedDialog(person.oid);
      return delivered;
    },
    closeDialog: (person) => show(person, null),
    sendComposed(person) {
      const composed = need(state.composed.get(person.oid), `a card of ${person.name}`);
      const conversation = need(state.conversation(composed.conversationId), composed.conversationId);
      state.composed.delete(person.oid);
      const place = { conversation, thread: composed.thread, at: options.now() };
      const activity = { ...envelope(common, person, place), attachments: [composed.attachment] };
      state.changedDialog(person.oid);
      return state.add(conversation, { kind: 'person', oid: person.oid }, activity, {
        thread: composed.thread,
      });
    },
    discardComposed(person) {
      state.composed.delete(person.oid);
      state.changedDialog(person.oid);
    },
  };
}

/** Why Teams would not show this for an address: there is no dialog, and no newer card than 1.3. */
function faultOfLink(answer: DialogAnswer): string | null {
  if (answer.kind === 'fault') return answer.reason;
  if (answer.kind === 'show') return 'a dialog for an address';
  const content = answer.attachment?.content;
  const version = isRecord(content) ? String(content.version) : '1.0';
  return /^1\.[0-3]$/.test(version) ? null : `a card of version ${version} for an address`;
}

const placeOf = ({ conversationId, thread }: Dialog): Omit<Composed, 'attachment'> => ({
  conversationId,
  thread,
});

/** A message as Teams hands it to a message action. */
function messagePayload(
  message: Message,
  people: readonly Person[],
  { appId, botName }: { appId: string; botName: string },
): Json {
  const { id, conversationId, thread, author, sentAt, editedAt, activity } = message;
  const app = { applicationIdentityType: 'bot', id: appId, displayName: botName };
  const identity = (person: Person | undefined): Json => ({
    ...{ device: null, conversation: null },
    user: person && { userIdentityType: 'aadUser', id: person.oid, displayName: person.name },
    application: person ? null : app,
  });
  const writer = author.kind === 'person' ? people.find(({ oid }) => oid === author.oid) : undefined;
  const mentioned = (activity.entities ?? []).flatMap(({ type, mentioned: who }) =>
    type === 'mention' && isRecord(who) ? [who] : [],
  );
  return {
    ...{ id, createdDateTime: sentAt, lastModifiedDateTime: editedAt, deleted: false },
    linkToMessage: `https://teams.microsoft.com/l/message/${conversationId}/${id}`,
    replyToId: thread === id ? null : thread,
    ...{ summary: null, importance: 'normal', locale: 'en-us' },
    body: { contentType: 'html', content: htmlOf(activity.text ?? '') },
    from: identity(writer),
    ...{ reactions: [], attachments: [] },
    mentions: mentioned.map((who, at) => ({
      id: at,
      mentionText: who.name,
      mentioned: identity(people.find(({ teamsId }) => teamsId === who.id)),
    })),
  };
}

/** The mentions are numbered in the order of the text. */
function htmlOf(text: string): string {
  let number = 0;
  const lines = text.split('\n').map((line) =>
    line
      .split(/(<at>.*?<\/at>)/)
      .map((part) => {
        const name = /^<at>(.*)<\/at>$/.exec(part)?.[1];
        return name === undefined ? escapeUTF8(part) : `<at id="${number++}">${escapeUTF8(name)}</at>`;
      })
      .join(''),
  );
  return `<div>${lines.map((line) => `<p>${line || '&nbsp;'}</p>`).join('')}</div>`;
}

import { setTimeout as wait } from 'node:timers/promises';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Message } from '../sandbox/channel/model.ts';
import { need } from '../sandbox/channel/teams-client.ts';
import type { Person } from '../sandbox/people.ts';
import type { StandIns } from '../sandbox/standins.ts';
import type { Random } from './random.ts';
import { REFERENCE, type Seen, see } from './seen.ts';
import { write } from './teams.ts';

/** One command from its first word to its end. */
export type Told = {
  person: Person;
  /** When it began and when its end was seen, in epoch milliseconds. */
  at: number;
  endedAt: number;
  kind: 'create' | 'renew' | 'move' | 'cancel' | 'ask';
  /** Of the meeting it is about; null where it is about none. */
  subject: string | null;
  /** The message it began with; null for a click. */
  messageId: string | null;
  deliveries: readonly string[];
  /** Teams has brought it to the bot. */
  isTaken: boolean;
  end: 'meeting' | 'sentence' | 'signIn' | 'silence';
  clicks: number;
};

type Ended = Omit<Told, 'endedAt'>;

const SOON_MINUTES = 3;
const PATIENCE_MS = 75_000;
const PROMISE_MS = 15_000;
const LOOK_MS = 60;
const MOST_CLICKS = 5;
/** Says that nothing was done, and to press again. */
const NOT_HEEDED: readonly string[] = [en['notice.otherWork'], en['notice.tooSoon']];
const READING_MS = 1_100;
/** A bot that has died is there again in seconds, or somewhat more on a busy machine. */
const MOST_PRESSES = 15;
const QUESTIONS = ['help', 'my meetings', 'settings'];

/** `isReminded`: wants to be reminded; `isInviting`: has two guests for each meeting, whom the bot invites by mail. */
type Habits = { isReminded?: boolean; isInviting?: boolean };

const GUESTS = ' with lee@fabrikam.example and kim@fabrikam.example';
const PERMISSIONS = ['OnlineMeetings.ReadWrite', 'Calendars.ReadWrite'];

/** Somebody who uses the bot: writes, clicks what can be clicked, signs in when asked, and never loses patience. */
export function createPerson(
  standIns: StandIns,
  person: Person,
  random: Random,
  { isReminded = false, isInviting = false }: Habits = {},
) {
  const { channel, entra } = standIns;
  const chat = need(channel.state.personal(person.oid), person.name);
  const mine: string[] = [];
  const told: Told[] = [];

  const since = (id: string): Message[] =>
    chat.messages.filter(
      (message) =>
        message.author.kind === 'bot' &&
        !message.deleted &&
        message.id > id &&
        seen(message).kind !== 'reminder',
    );
  const seen = (message: Message) => see(message, person);

  async function command(): Promise<void> {
    const known = mine.length > 0;
    const dice = random.next();
    if (dice < 0.1) return createTwo();
    if (!known || dice < 0.6) return tell(create());
    if (dice < 0.7) return tell(click('renew', 'regenerate'));
    if (dice < 0.8) return tell(move());
    if (dice < 0.88) return tell(click('cancel', 'cancel'));
    return tell(say('ask', random.pick(QUESTIONS), null));
  }

  async function tell(ending: Promise<Ended>): Promise<void> {
    told.push({ ...(await ending), endedAt: Date.now() });
  }

  async function create(): Promise<Ended> {
    const subject = nameOf(random);
    mine.push(subject);
    // A person has one meeting that starts soon: two at one time would be asked about.
    if (isReminded && mine.length === 1)
      return say('create', `meeting in ${SOON_MINUTES} minutes for an hour about "${subject}"`, subject);
    return say('create', `${wish(subject)}${isInviting ? GUESTS : ''}`, subject);
  }

  const someDay = () => `2030-${random.whole(10, 12)}-${random.whole(10, 28)}`;

  /** One of many times: two meetings of a person at the same one would be asked about. */
  function wish(subject: string, day = someDay()): string {
    const clock = `${random.whole(1, 9)}:${random.whole(10, 59)}pm`;
    return `meeting on ${day} at ${clock} about "${subject}"`;
  }

  /** Two meetings of one day in one message. Each is told as a command of its own. */
  async function createTwo(): Promise<void> {
    const first = nameOf(random);
    const second = nameOf(random);
    mine.push(first, second);
    const day = someDay();
    const text = `${wish(first, day)} and ${wish(second, day)}${isInviting ? GUESTS : ''}`;
    const begun = await say('create', text, first);
    const { isTaken, messageId } = begun;
    const other = isTaken && messageId !== null ? await follow(messageId, second) : null;
    const clicks = begun.clicks + (other?.clicks ?? 0);
    const endedAt = Date.now();
    told.push({ ...begun, endedAt, clicks }, { ...begun, endedAt, ...other, subject: second, clicks });
  }

  const move = () => {
    const subject = random.pick(mine);
    return say(
      'move',
      `move "${subject}" to ${random.whole(1, 9)}:${random.pick(['15', '30', '45'])}pm`,
      subject,
    );
  };

  async function say(kind: Told['kind'], text: string, subject: string | null): Promise<Ended> {
    const at = Date.now();
    const sent = await write(standIns, { person, text, conversation: chat.id }, random);
    const messageId = sent.message.id;
    const common = {
      person,
      at,
      kind,
      subject,
      messageId,
      deliveries: sent.deliveries,
      isTaken: sent.isTaken,
    };
    if (!sent.isTaken) return { ...common, end: 'silence', clicks: 0 };
    return { ...common, ...(await follow(messageId, subject)) };
  }

  /** Until there is an answer after that message; buttons that ask to be pressed are pressed. */
  async function follow(messageId: string, subject: string | null): Promise<Pick<Told, 'end' | 'clicks'>> {
    const isOwn = (what: Seen) => what.kind !== 'meeting' || subject === null || what.json.includes(subject);
    const deadline = performance.now() + PATIENCE_MS;
    let clicks = 0;
    let end: Told['end'] = 'silence';
    while (performance.now() < deadline) {
      // What was asked before may be answered after it, when both waited for one sign-in.
      const own = since(messageId).filter((message) => isOwn(seen(message)));
      // A sign-in card whose answer the channel lost is sent once more, and may come after what the first led to.
      const last = own.findLast((message) => !isSignedIn(seen(message))) ?? own.at(-1);
      const what = last && seen(last);
      if (last && what?.kind === 'signIn' && what.isButton) await agree(last);
      if (what?.kind === 'meeting') return { end: 'meeting', clicks };
      if (what?.kind === 'words' || what?.kind === 'ended') return { end: 'sentence', clicks };
      if (last && what?.kind === 'problem') {
        if (!what.canRetry || clicks >= MOST_CLICKS || random.chance(0.15))
          return { end: 'sentence', clicks };
        clicks += 1;
        await press(last, 'create');
      }
      if (last && what?.kind === 'draft' && clicks < MOST_PRESSES) {
        clicks += 1;
        await press(last, 'create');
        await wait(READING_MS);
      }
      end = endOf(what);
      await wait(LOOK_MS);
    }
    return { end, clicks };
  }

  /** What the popup of Entra would do, and what Teams does when it closes. */
  async function agree(message: Message): Promise<void> {
    await wait(random.whole(50, 500));
    entra.consent(person.oid, isInviting ? PERMISSIONS : undefined);
    entra.state.secondFactor.delete(person.oid);
    await channel.finishSignIn(person, message.id, 'agreed').catch(() => undefined);
  }

  /** True when something came of it: an answer that is no problem, and where that was "working on it", what it promised. */
  async function press(message: Message, verb: string): Promise<boolean> {
    const before = message.editedAt;
    const isThere = channel
      .cardsFor(person, message.id)
      .some((card) => JSON.stringify(card).includes(`"${verb}"`));
    // Another card stands there now.
    if (!isThere) return true;
    const { status, shown } = await channel.execute(person, message.id, verb).catch(() => GONE);
    if (shown === 'signIn') await agree(message);
    const notice = message.notices.get(person.oid) ?? '';
    const isPromised = notice === en['notice.working'];
    if (isPromised) await happens(() => message.editedAt !== before, PROMISE_MS);
    const isHeeded = !NOT_HEEDED.includes(notice);
    const isKept = !isPromised || message.editedAt !== before;
    const isTaken = status === 200 && shown !== 'error' && isHeeded && isKept && !notice.includes(REFERENCE);
    await wait(isTaken ? random.whole(100, 400) : random.whole(1_000, 2_500));
    return isTaken;
  }

  /** Presses a button of one of the person's meetings, again where nothing came of it. */
  async function click(kind: 'renew' | 'cancel', verb: string): Promise<Ended> {
    const subject = random.pick(mine);
    const common = { person, at: Date.now(), kind, subject, messageId: null, deliveries: [], isTaken: true };
    const card = chat.messages.findLast((message) => {
      const what: Seen | null = message.author.kind === 'bot' && !message.deleted ? seen(message) : null;
      return what?.kind === 'meeting' && what.json.includes(subject);
    });
    if (!card) return { ...common, end: 'sentence', clicks: 0 };
    let clicks = 0;
    const insist = async () => {
      for (const most = clicks + MOST_PRESSES; clicks < most; ) {
        clicks += 1;
        if (await press(card, verb)) return true;
      }
      return false;
    };
    // Both ask once, and an answer that comes at once is none.
    const isAsked = await insist();
    await wait(READING_MS);
    const isTaken = isAsked && (await insist());
    return { ...common, isTaken, end: isTaken ? 'sentence' : 'silence', clicks };
  }

  return {
    command,
    told,
    seen,
    ask: () => tell(say('ask', 'my meetings', null)),
  };
}

const isSignedIn = (what: Seen) => what.kind === 'signIn' && !what.isButton;

/** What it would be if nothing came any more. */
function endOf(last: Seen | undefined): Told['end'] {
  if (last?.kind === 'problem' || last?.kind === 'draft') return 'sentence';
  return last?.kind === 'signIn' ? 'signIn' : 'silence';
}

async function happens(isTrue: () => boolean, ms: number): Promise<void> {
  const deadline = performance.now() + ms;
  while (!isTrue() && performance.now() < deadline) await wait(LOOK_MS);
}

const GONE = { status: 0, shown: 'error' } as const;

const FIRST = ['Ba', 'Do', 'Fe', 'Gu', 'Ka', 'Lo', 'Mi', 'Nu', 'Pa', 'Ro', 'Sa', 'Ti', 'Vo', 'Wa', 'Ze'];
const NEXT = ['bra', 'dola', 'fino', 'gera', 'kilo', 'lumo', 'muri', 'nava', 'pilo', 'rega', 'sota', 'vuka'];

/** A subject that nobody else has, and that is no word. */
function nameOf(random: Random): string {
  const word = () => `${random.pick(FIRST)}${random.pick(NEXT)}${random.pick(NEXT)}`;
  return `${word()} ${word()}`;
}

import type { Origin } from '../meeting/record.ts';
import type { Reply } from '../say/render.ts';
import type { Message, Recipients } from './outcome.ts';

type Row = {
  groupChat: Recipients;
  channel: Recipients;
  /** Where neither a private message nor the chat with the bot can be had: everybody reads it, or it is not said. */
  otherwise: 'everybody' | 'unsaid';
};

const EVERYBODY: Row = { groupChat: 'everybody', channel: 'everybody', otherwise: 'everybody' };
const PERSON: Row = { groupChat: 'person', channel: 'person', otherwise: 'everybody' };
const OWN: Row = { ...PERSON, otherwise: 'unsaid' };

/** Everybody sees the meeting; what leads to it, and what is about one person, is between them and the bot. */
const READERS: Record<Reply['kind'], Row> = {
  meeting: EVERYBODY,
  link: EVERYBODY,
  ended: EVERYBODY,
  invitation: EVERYBODY,
  welcome: EVERYBODY,
  reminder: EVERYBODY,
  draft: PERSON,
  drafts: PERSON,
  edit: PERSON,
  newMeeting: PERSON,
  confirm: PERSON,
  which: PERSON,
  ask: PERSON,
  times: OWN,
  poll: EVERYBODY,
  help: PERSON,
  answer: PERSON,
  details: PERSON,
  problem: PERSON,
  notice: PERSON,
  elsewhere: PERSON,
  meetings: OWN,
  settings: OWN,
  attendance: OWN,
  // Teams signs nobody in silently in a channel.
  signin: { ...OWN, channel: 'chat' },
};

/** Who reads this reply, where it is given as an answer to what was asked there. */
export function audienceOf({ kind }: Reply, { place, isPrivate }: Omit<Origin, 'conversation'>): Recipients {
  if (place === 'personal') return 'everybody';
  const audience = READERS[kind][place];
  return isPrivate && audience === 'everybody' ? 'person' : audience;
}

/** What everybody reads in the place of a message that should have been private, and cannot be. */
export function lastResort({ reply, isPrivate }: Pick<Message, 'reply' | 'isPrivate'>): Reply {
  return READERS[reply.kind].otherwise === 'everybody' && !isPrivate
    ? reply
    : { kind: 'notice', notice: 'oneToOneOnly' };
}

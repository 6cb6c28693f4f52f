import { expect, test } from 'vitest';
import { type Outcome, sayNothing } from '../../bot/teams/outcome.ts';
import { moodOf } from '../../bot/teams/reactions.ts';
import { sampleOf } from '../cards/draw.ts';

const replyOf = (name: string) => sampleOf(name).reply;
const said = (name: string, audience: 'everybody' | 'person'): Outcome => ({
  ...sayNothing('any'),
  messages: [{ reply: replyOf(name), audience }],
});
const place = { conversation: '19:1', cardId: '1' };

test.each<[string, Outcome, ReturnType<typeof moodOf>]>([
  ['a meeting for everybody', said('meeting.plain', 'everybody'), 'done'],
  ['a meeting that one person sees', said('meeting.plain', 'person'), null],
  [
    'a card that changes',
    { ...sayNothing('changed'), update: [{ ...place, reply: replyOf('meeting.plain') }] },
    'done',
  ],
  ['a question', said('ask.date', 'person'), null],
  ['an answer', said('help.hostile', 'person'), null],
  ['an error', said('problem.forbidden', 'person'), 'failed'],
  ['thanks, to which nothing is said', sayNothing('thanks'), 'done'],
  ['a message that was handled before', sayNothing('again'), null],
])('%s', (_what, outcome, mood) => {
  expect(moodOf(outcome)).toBe(mood);
});

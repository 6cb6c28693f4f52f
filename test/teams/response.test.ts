import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createResponse, type HttpAnswer } from '../../bot/teams/response.ts';
import type { Turn } from '../../bot/teams/turn.ts';

const CLICK = { kind: 'action', action: { via: 'invoke', verb: 'cancel' } } as Turn;
const MESSAGE = { kind: 'message' } as Turn;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(turn: Turn) {
  const sent: HttpAnswer[] = [];
  let slow = 0;
  const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
  void promise.then((answer) => sent.push(answer));
  const response = createResponse({
    turn,
    renderer: () => ({ kind: 'text', text: 'working on it' }),
    resolve,
    onSlow: () => {
      slow += 1;
    },
  });
  return { response, sent, slow: () => slow };
}

test('a click that takes long is told "working on it", once, before Teams gives up', async () => {
  const { response, sent, slow } = setUp(CLICK);
  await vi.advanceTimersByTimeAsync(3_999);
  expect([sent.length, response.isLate(), response.isAwaited()]).toEqual([0, false, true]);
  await vi.advanceTimersByTimeAsync(1);
  response.send({ status: 500 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([{ status: 200, body: expect.objectContaining({ value: 'working on it' }) }]);
  expect([response.isLate(), response.isAwaited(), slow()]).toEqual([true, false, 0]);
});

test('a click that is answered in time is not late, however long what follows takes', async () => {
  const { response, sent } = setUp(CLICK);
  await vi.advanceTimersByTimeAsync(3_999);
  response.send({ status: 200 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([{ status: 200 }]);
  expect([response.isLate(), response.isAwaited()]).toEqual([false, false]);
});

test('a message that takes long shows typing, and waits for its answer', async () => {
  const { response, sent, slow } = setUp(MESSAGE);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([slow(), sent.length, response.isAwaited()]).toEqual([1, 0, true]);
  response.send();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([{ status: 200 }]);
});

test('what is held is not awaited any more, and is sent in time with what was prepared last', async () => {
  const { response, sent } = setUp(MESSAGE);
  response.prepare({ kind: 'ok' });
  response.hold();
  expect([response.isAwaited(), sent.length]).toEqual([false, 0]);
  response.prepare({ kind: 'comeAgain' });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sent).toEqual([{ status: 503 }]);
});

test('once it is over, no clock sends or shows anything', async () => {
  const { response, sent, slow } = setUp(MESSAGE);
  response.hold();
  response.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([sent.length, slow()]).toEqual([0, 0]);
});

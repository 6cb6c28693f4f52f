import { Agent, request } from 'node:http';
import { CLOCK } from './phrases.ts';

/** Activities to post, one turn each, round and round; `@id@` and CLOCK in a body become an id and a time of its own. */
export type Job = {
  url: string;
  authorization: string;
  bodies: string[];
  turns: number;
  concurrency: number;
};

/** `latencies` of every turn and `wall` for all, in milliseconds. */
export type Run = { latencies: number[]; wall: number };

const ID = '@id@';
const FIRST_MINUTE = 9 * 60;
const MINUTES = 14 * 60;
let sent = 0;
/** How often each body was posted: the same person's next meeting is a minute later. */
const uses = new Map<string, number>();

function fill(body: string): Buffer {
  const used = uses.get(body) ?? 0;
  uses.set(body, used + 1);
  sent += 1;
  const minute = FIRST_MINUTE + (used % MINUTES);
  const [hour, rest] = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
  return Buffer.from(body.replace(ID, `f:${process.pid}-${sent}`).replaceAll(CLOCK, `${hour}:${rest}`));
}

/** Keeps `concurrency` turns under way until all are answered. Rejects when an answer is not 200. */
async function run({ url, authorization, bodies, turns, concurrency }: Job): Promise<Run> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < turns) {
      const body = fill(bodies[begun % bodies.length] ?? '');
      begun += 1;
      const started = performance.now();
      const status = await post(url, authorization, body, agent);
      if (status !== 200) throw new Error(`${url} answered ${status}`);
      latencies.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const wall = performance.now() - started;
  agent.destroy();
  return { latencies, wall };
}

function post(url: string, authorization: string, body: Buffer, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: authorization,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    };
    const outgoing = request(`${url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

process.on('message', async (job: Job) => process.send?.(await run(job)));
process.on('disconnect', () => process.exit());
process.send?.('ready');

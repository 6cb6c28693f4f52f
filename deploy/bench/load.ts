import { Agent, request } from 'node:http';

/** Activities to post, one turn each, round and round; `@id@` in a body becomes an id of its own. */
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
let sent = 0;

/** Keeps `concurrency` turns under way until all are answered. Rejects when an answer is not 200. */
async function run({ url, authorization, bodies, turns, concurrency }: Job): Promise<Run> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    while (begun < turns) {
      const body = Buffer.from((bodies[begun % bodies.length] ?? '').replace(ID, `f:${process.pid}-${sent}`));
      begun += 1;
      sent += 1;
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

import { createServer } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { channelOf, createConversations } from '../../bot/teams/connector.ts';
import { listen } from '../listen.ts';

const TENANT = '11111111-2222-4333-8444-555555555555';
const team = Array.from({ length: 250 }, (_, i) => ({
  id: `29:${i}`,
  aadObjectId: `oid-${i}`,
  userPrincipalName: `user${i}@contoso.com`,
  name: `User ${i}`,
  tenantId: TENANT,
}));

/** A connector that knows one team of this size, and lists it page by page. */
async function open(size: number, pageSize: number) {
  const server = await listen(
    createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://connector');
      if (!pathname.includes('19%3Ateam')) return void response.writeHead(404).end('{}');
      const from = Number(searchParams.get('continuationToken') ?? 0);
      const to = from + Math.min(pageSize, Number(searchParams.get('pageSize')));
      const more = to < size ? { continuationToken: String(to) } : {};
      response.end(JSON.stringify({ members: team.slice(0, size).slice(from, to), ...more }));
    }),
  );
  servers.push(server);
  return createConversations({ serviceUrl: server.url, authorization: async () => 'Bearer x' });
}
const servers: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

test.each<[string, number, number, boolean]>([
  ['fits on a page', 200, 200, false],
  ['is larger', 201, 200, true],
  ['comes on pages that are smaller than was asked for', 60, 50, true],
])('a team that %s', async (_name, size, pageSize, isCut) => {
  const { roster } = channelOf(await open(size, pageSize), '19:team', TENANT);
  const { members, ...rest } = await roster();
  expect(rest).toEqual({ isCut });
  expect(members).toHaveLength(Math.min(size, pageSize));
  expect(members[0]).toMatchObject({ kind: 'member', id: 'oid-0', teamsId: '29:0' });
});

test('of a conversation that is not listed nobody is known', async () => {
  const { roster } = channelOf(await open(1, 200), '19:elsewhere', TENANT);
  expect(await roster()).toEqual({ members: [], isCut: true });
});

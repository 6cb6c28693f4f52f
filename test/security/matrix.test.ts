import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Row = {
  threat: string;
  /** What answers it, and where. */
  answer: string;
  /** Tests that fail without it: file, and the title as it stands there. */
  tests: readonly (readonly [file: string, title: string])[];
};

/** Every threat that Parley knows, and the tests that guard what answers it. Each has been seen to fail without it. */
const MATRIX: readonly Row[] = [
  {
    threat: 'an unauthenticated or forged activity',
    answer:
      'teams/guard.ts stands before the SDK: RS256, issuer, audience, times, key and endorsement; 401 without a word',
    tests: [
      ['test/e2e/door.test.ts', 'a forged or foreign token is refused without a word'],
      ['test/teams/guard.test.ts', 'a key of the channel that is made for other signatures signs nothing'],
      ['test/teams/guard.test.ts', 'a key that is endorsed for other channels only signs nothing for Teams'],
      ['test/teams/guard.test.ts', 'a token that names no key is refused'],
      ['test/teams/guard.test.ts', 'another key of the same name lends its endorsement to nobody'],
      ['test/teams/guard.test.ts', 'the SDK is never asked who is speaking'],
      ['test/config.test.ts', 'no app id'],
    ],
  },
  {
    threat: 'an issuer list or a key server that strangers’ tokens wear out',
    answer:
      'teams/guard.ts asks nobody about a stranger’s issuer; keys are asked for once for all, with a pause after a failure',
    tests: [
      ['test/teams/guard.test.ts', 'tokens of ever new issuers are refused, and remembered nowhere'],
      [
        'test/teams/guard.test.ts',
        'a crowd at the door while the keys cannot be had is no crowd at the channel’s',
      ],
      ['test/teams/guard.test.ts', 'strangers’ tokens do not make the bot ask for keys again and again'],
    ],
  },
  {
    threat: 'a crash by request: packed, truncated, oversized, deep or slow bodies',
    answer:
      'server.ts: 415 on any encoding, authorisation before the body; server/http.ts reads 256 KB and 64 levels',
    tests: [
      ['test/e2e/door.test.ts', 'a body that is packed, or too large, or called something else'],
      ['test/e2e/door.test.ts', 'a body that is none'],
      ['test/e2e/door.test.ts', 'what is nested too deeply is refused, even where nobody looks'],
      ['test/e2e/door.test.ts', 'before its body is read'],
      ['test/e2e/door.test.ts', 'bodies that do not come hold nobody up'],
      ['test/e2e/door.test.ts', 'a body that ends too early is nobody’s message'],
      ['test/e2e/door.test.ts', 'nobody gets a web socket'],
      ['test/server.test.ts', 'a stranger’s body is not read'],
    ],
  },
  {
    threat: 'answers that nobody reads: thousands of requests at once, and connections that stand still',
    answer:
      'server.ts serves one request at a time on a connection, and ends what is slow; it holds what is the same for everyone once',
    tests: [
      [
        'test/e2e/unread-answers.test.ts',
        '60 strangers who ask 1,000 times at once each second, and read nothing',
      ],
      ['test/e2e/unread-answers.test.ts', '300 strangers each second'],
      ['test/security/http-server.test.ts', 'a second request while the first is unanswered'],
      ['test/security/http-server.test.ts', 'a connection ends'],
      ['test/security/http-server.test.ts', 'there are never more than 2,000 connections'],
    ],
  },
  {
    threat: 'an answer of Graph, Entra or the channel that has no end',
    answer:
      'base/http-client.ts reads 4 MB and no more, auth/credential.ts has @azure/identity do the same, and auth/access-tokens.ts waits eight seconds',
    tests: [
      ['test/e2e/endless-answers.test.ts', '%s has no end: one card says so'],
      ['test/e2e/endless-answers.test.ts', '%s has no end: the sign-in says so'],
      ['test/e2e/endless-answers.test.ts', 'Entra’s token for the bot itself has no end'],
      ['test/e2e/endless-answers.test.ts', 'the channel’s answer has no end'],
      ['test/base/openid.test.ts', '60 MB from %s are not read to their end'],
      ['test/base/http-client.test.ts', 'an answer that is too large'],
    ],
  },
  {
    threat: 'a card that is too large for Teams, whatever Graph or people put into it',
    answer:
      'graph/from-wire.ts and graph/join-information.ts keep as much as anybody can use, handle/make/find-guests.ts asks about few names, and say/ shortens what is long',
    tests: [
      ['test/say/size.test.ts', '$name is no more than Teams takes'],
      ['test/say/size.test.ts', 'of what Graph says of a meeting as much is kept'],
    ],
  },
  {
    threat: 'a page that is framed, rewritten or misleading, and a cookie that another host has set',
    answer:
      'server/http.ts: a content policy without frames, bases and forms, https for a year; server/routes.ts: a __Host- cookie; restify’s own 404 and 405 are replaced in server.ts',
    tests: [
      ['test/server.test.ts', 'pages run only what is ours'],
      ['test/server.test.ts', 'with the cookie %j the end is %s'],
      ['test/server.test.ts', 'which no browser reads as something else, and nothing of the path'],
      [
        'test/auth/consent-pages.test.ts',
        'that an administrator approved is said by nobody who cannot know it',
      ],
    ],
  },
  {
    threat: 'a request forged by the service address',
    answer: 'teams/guard.ts: the address is the token’s, and of the cloud’s list',
    tests: [
      ['test/e2e/door.test.ts', 'a token of the channel that does not fit its activity is refused'],
      ['test/teams/guard.test.ts', 'the global cloud refuses %j'],
      ['test/e2e/people.test.ts', 'attachments'],
    ],
  },
  {
    threat: 'a confused deputy in sign-in',
    answer: 'auth/sso.ts: signature, audience, scope; person and tenant are the sender’s',
    tests: [['test/e2e/sign-in.test.ts', 'a token that is %s is refused without effect']],
  },
  {
    threat: 'another person’s card, a tampered or replayed action',
    answer:
      'handle/existing/organiser.ts and actions.ts look everything up: organiser, tenant, place, revision',
    tests: [
      [
        'test/e2e/teams.test.ts',
        'nobody but the organiser can use the organiser’s buttons, whatever they send',
      ],
      ['test/e2e/teams.test.ts', 'a click that names somebody else’s card leaves that card alone'],
      ['test/e2e/teams.test.ts', 'a bystander cannot release it, and is told how to get their own'],
      ['test/e2e/new-link.test.ts', 'a revision that was made up changes nothing'],
      ['test/e2e/new-link.test.ts', 'a double click has one effect'],
      ['test/e2e/new-link.test.ts', 'a button of an older card changes nothing'],
      ['test/e2e/once.test.ts', 'an activity delivered eight times at once makes one meeting and one card'],
    ],
  },
  {
    threat: 'another tenant',
    answer: 'handle/handle.ts: the list of tenants; the tenant is in every key of the store',
    tests: [
      ['test/e2e/people.test.ts', 'a person of another tenant who writes "%s" is told, and nothing more'],
      ['test/e2e/people.test.ts', 'a token of another tenant’s person is refused in their own chat too'],
      ['test/e2e/sign-in.test.ts', 'the popup cannot begin for a tenant that is not ours'],
      [
        'test/store/contract.ts',
        'what was parked comes back as it was, in its tenant only, until it expires',
      ],
      ['test/store/contract.ts', 'a meeting comes back as it was, in its tenant only, until it expires'],
    ],
  },
  {
    threat: 'text that becomes a link, a mention, markup or a binding',
    answer:
      'base/safe-text.ts says what is visible; language/text/clean.ts and graph/from-wire.ts at the doors; TextRuns, shown() and plain() in say/',
    tests: [
      ['test/security/injection.test.ts', 'in %s stays text, on every card'],
      ['test/security/injection.test.ts', 'every field of every card is known to be ours or foreign'],
      ['test/security/injection.test.ts', 'marks that turn a line around do not come in by Graph’s answer'],
      ['test/e2e/people.test.ts', '%s in a message lose their power on the way'],
    ],
  },
  {
    threat: 'a false join link',
    answer: 'graph/from-wire.ts: https, and a host of the cloud’s list',
    tests: [
      ['test/e2e/graph-trouble.test.ts', 'gives a link to elsewhere'],
      ['test/e2e/graph-trouble.test.ts', 'gives a link that is a script'],
    ],
  },
  {
    threat: 'a leak by logs',
    answer:
      'telemetry.ts: classes and codes, never a message; teams/activity.ts: of what others name only plain words; every world of the suite is searched when it closes',
    tests: [
      ['test/e2e/world.ts', 'the bot has logged'],
      ['test/teams/turn.test.ts', 'of an activity of type %j the log has “%s”'],
      ['test/e2e/people.test.ts', 'a tenant that is none of Entra’s is told the same, and is not in the log'],
      ['test/e2e/telemetry.test.ts', 'and nothing that was typed'],
      ['test/security/log.test.ts', 'an error is logged without %s'],
      ['test/faults.test.ts', 'and nothing leaks'],
    ],
  },
  {
    threat: 'a text that takes for ever to read',
    answer:
      'base/safe-text.ts: runs of marks are cut; language/text/clean.ts: 2,000 characters; linear rules',
    tests: [
      ['test/language/fuzz.test.ts', 'reading takes time in proportion to the text'],
      ['test/base/safe-text.test.ts', '%s take no time that anybody notices'],
      ['test/e2e/marks.test.ts', '40,000 combining marks in %s keep nobody waiting'],
      ['test/e2e/people.test.ts', '20,000 characters'],
    ],
  },
  {
    threat: 'abuse: more meetings, or more messages, than anybody needs',
    answer:
      'handle/once/create-limit.ts counts what was made by a person and by all of a tenant; handle/sign-in/ask-sign-in.ts lets five requests wait; teams/pace.ts keeps to the limits of Teams',
    tests: [
      ['test/e2e/limit.test.ts', 'the limit is said to whoever has reached it'],
      ['test/e2e/limit.test.ts', 'many who ask at once make no more than the limit'],
      ['test/e2e/limit.test.ts', 'a new link is a meeting too'],
      ['test/e2e/limit.test.ts', 'a meeting that was cancelled was made'],
      ['test/e2e/limit.test.ts', 'signing out and in again does not begin anew'],
      ['test/e2e/tenant-limit.test.ts', 'all people of a tenant together make no more than its limit'],
      ['test/handle/once/tenant-limit.test.ts', '%i replicas together give out %i meetings and no more'],
      ['test/teams/rate-limit.test.ts', 'whatever comes, no limit is broken'],
      ['test/e2e/pace.test.ts', 'a burst in one chat is spread'],
      ['test/e2e/sign-in.test.ts', 'at most five requests wait for a sign-in'],
      ['test/e2e/sign-in.test.ts', 'of many requests at once no more than five wait either'],
    ],
  },
  {
    threat: 'deleted text that can still be read from the store’s files',
    answer: 'store/sqlite/file.ts: VACUUM, and an empty write-ahead log',
    tests: [
      ['test/store/erasure.test.ts', 'stands in no file of the store after they were forgotten'],
      ['test/store/erasure.test.ts', 'nor where pages were split and rows were moved'],
      ['test/store/erasure.test.ts', 'killed at any point of it'],
    ],
  },
  {
    threat: 'a secret in the repository, the image or the settings',
    answer: 'a managed identity by default; deploy/azure makes no secret',
    tests: [
      ['test/deploy/azure.test.ts', 'no key or secret is read or passed'],
      ['test/deploy/secrets.test.ts', 'nothing in the repository looks like a secret'],
      ['test/deploy/secrets.test.ts', 'an environment that somebody fills in stays on their machine'],
    ],
  },
  {
    threat: 'a package that is not what it was',
    answer:
      'the lockfile has the hash of each; the image is built by `npm ci` without the packages’ own scripts',
    tests: [
      ['test/deploy/dependencies.test.ts', 'every package is pinned by its hash, and by no registry'],
      ['test/deploy/dependencies.test.ts', 'no package runs a script of its own while it is installed'],
      [
        'test/deploy/dependencies.test.ts',
        'the image installs what the lockfile says and runs nothing of it meanwhile',
      ],
    ],
  },
  {
    threat: 'something lost, or done twice, when remotes, store or process fail',
    answer:
      'handle/once/once.ts: done is what has reached the person; teams/delivery.ts tries again where nobody else would',
    tests: [
      ['test/faults.test.ts', 'each command ends in one card or one sentence'],
      ['test/e2e/crash.test.ts', 'killed between Graph’s answer and the store'],
      ['test/e2e/crash.test.ts', 'killed while the card was on its way'],
      ['test/e2e/store-trouble.test.ts', 'a store that is busy for a moment'],
      // /healthz says nothing of the store: a restart mends none that is away, and everyone would sign in again.
      ['test/store/sqlite.test.ts', 'a file that %s is no store that serves'],
      ['test/store/sqlite.test.ts', 'a file that %s is left as it is'],
      ['test/e2e/life.test.ts', 'a store that is no database is told with what to do about it'],
      [
        'test/e2e/new-link.test.ts',
        'a change of the card that is slow does not bring back a link that was replaced since',
      ],
      [
        'test/e2e/sign-in.test.ts',
        'a card that the channel does not take after the sign-in comes when it does',
      ],
    ],
  },
  {
    threat: 'free times that tell what colleagues do, or that others choose or vote for',
    answer:
      'graph/schedules.ts reads no subjects; handle/find-time offers times to the asker alone, and counts one vote a person in the chat that was asked',
    tests: [
      [
        'test/e2e/find-time.test.ts',
        'who might have something on is named, and nobody’s appointments are told',
      ],
      ['test/e2e/find-time.test.ts', 'everybody’s times are for the asker, who makes the meeting for all'],
      ['test/e2e/find-time.test.ts', 'nobody else can begin a vote, and nobody votes from another chat'],
      [
        'test/e2e/find-time.test.ts',
        'a vote: everybody’s counts once a time, the asker makes it, and nobody else',
      ],
      ['test/e2e/attendance.test.ts', 'in a group it is told to the organizer alone'],
    ],
  },
];

const cases = MATRIX.flatMap(({ threat, tests }) =>
  tests.map(([file, title]) => [threat, file, title] as const),
);

test.each(cases)('%s: %s has “%s”', (_threat, file, title) => {
  expect(titles(file).some((one) => one.includes(title))).toBe(true);
});

/** What stands first in a call or in a row of a table; the same words in a comment or in what is sent are no test. */
function titles(file: string): string[] {
  const first = readFileSync(file, 'utf8').matchAll(/[([]\s*('(?:[^'\\\n]|\\.)+'|`[^`]+`|"[^"\n]+")/g);
  return [...first].map(([, title = '']) => title.slice(1, -1));
}

test('every answer is where it is said to be', () => {
  const places = MATRIX.flatMap(({ answer }) =>
    [...answer.matchAll(/\b[\w/-]+\.ts\b/g)].map(([place]) => place),
  );
  const parts = ['', 'auth/', 'handle/', 'graph/'];
  const missing = places.filter((place) => !parts.some((part) => exists(`bot/${part}${place}`)));
  expect(places.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});

function exists(file: string): boolean {
  try {
    return readFileSync(file, 'utf8') !== '';
  } catch {
    return false;
  }
}

import type { StandIns } from '../sandbox/standins.ts';

/** Where secrets are, and what the bot has written. */
type Watched = Pick<StandIns, 'app' | 'people' | 'channel' | 'graph'> & { output(): string };

/**
 * What must never be in the bot's log: what people typed, who they are, their links and codes, tokens and secrets.
 * They are collected while the stand-ins run, because tests empty them.
 */
type Secrets = {
  /** Remembers everything that is secret now. */
  note(): void;
  /** Those that the bot has written all the same. */
  leaked(): string[];
};

const SHORTEST = 5;

/** Knows the app's secret and everybody's names from the start. */
export function watchSecrets(world: Watched): Secrets {
  const seen = new Set<string>([world.app.secret]);
  for (const { name, upn } of world.people) for (const secret of [name, upn]) seen.add(secret);
  return {
    note: () => {
      for (const { messages } of world.channel.state.conversations) {
        for (const { activity, author } of messages) {
          // A single word may well be one of the log's own.
          const typed = author.kind === 'person' ? (activity.text?.trim() ?? '') : '';
          if (typed.includes(' ')) seen.add(typed);
        }
      }
      for (const { joinWebUrl, passcode, subject, joinMeetingId, conferenceId } of world.graph.meetings) {
        for (const secret of [joinWebUrl, passcode, subject, joinMeetingId, conferenceId]) {
          if (secret) seen.add(secret);
        }
      }
    },
    leaked: () => {
      const output = distinct(world.output());
      const found = [...seen].filter((secret) => secret.length >= SHORTEST && output.includes(secret));
      // Every token begins with an encoded `{"`.
      return /eyJ[\w-]{10,}\./.test(output) ? [...found, 'a token'] : found;
    },
  };
}

/** What the bot writes itself into each line: when, for which turn, how long it took. */
const OWN = /"(?:time|reference)":"[^"]*"|"milliseconds":\d+/g;

/** The lines of a log, each once: those of an hour differ in little else, and are looked through for thousands of secrets. */
function distinct(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(OWN, ''));
  return [...new Set(lines)].join('\n');
}

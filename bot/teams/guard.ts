import { jwtVerify } from 'jose';
import { createCache, createSingleFlight } from '../base/cache.ts';
import { isLoopbackUrl } from '../base/http-client.ts';
import { discover, KeysUnavailable, type OpenId } from '../base/openid.ts';

/** What the channel's token says; it is verified before the body is read. */
export type ChannelClaims = { serviceUrl: string };

type GuardOptions = {
  appId: string;
  metadataUrl: string;
  issuer: string;
  serviceHosts: readonly string[];
  /** Accept service addresses on this machine only, as in the sandbox. */
  isLoopback: boolean;
  /** Epoch milliseconds. */
  now(): number;
};

/**
 * Stands before the adapter, because the stock checks let too much through (an empty app id, tokens without an end,
 * emulator tokens of any tenant). `verify` and `matches` refuse by answering null and false; the caller says 401.
 */
export type Guard = {
  /** Fetches the channel's keys, once for all who ask; rejects while they cannot be had. */
  open(): Promise<void>;
  verify(authorization: string | undefined): Promise<ChannelClaims | null>;
  matches(claims: ChannelClaims, activity: { channelId?: unknown; serviceUrl?: unknown }): boolean;
};

const CLOCK_TOLERANCE_SECONDS = 300;
/** How long a verified token is not verified again, because the channel uses it many times; a revoked key works that much longer. */
const TRUST_MS = 5 * 60_000;
const MOST_TRUSTED = 256;

/** Pause between tries to fetch keys: without keys every token that anybody sends causes a try. */
const PAUSE_MS = 1_500;

/** A guard for activities that Teams sends to this app in this cloud. */
export function createGuard(options: GuardOptions): Guard {
  let channel: OpenId | null = null;
  const trusted = createCache<ChannelClaims>(MOST_TRUSTED, options.now);
  const opening = createSingleFlight<void>({ failureMs: PAUSE_MS });
  const open = () =>
    opening.run('keys', async () => {
      const found = await discover(options.metadataUrl);
      await found.keys.reload();
      channel = found;
    });
  return {
    open,
    verify: async (authorization) => {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return null;
      const known = trusted.get(token);
      if (known !== undefined) return known;
      if (channel === null) await open();
      if (channel === null) return null;
      try {
        const { payload, protectedHeader } = await jwtVerify(token, channel.keys, {
          algorithms: ['RS256'],
          issuer: options.issuer,
          audience: options.appId,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          requiredClaims: ['exp', 'serviceurl'],
        });
        if (!isEndorsed(channel, protectedHeader.kid)) return null;
        if (typeof payload.serviceurl !== 'string') return null;
        const claims = { serviceUrl: payload.serviceurl };
        const ttl = Math.min((payload.exp ?? 0) * 1_000 - options.now(), TRUST_MS);
        if (ttl > 0) trusted.set(token, claims, { ttl });
        return claims;
      } catch (error) {
        // Keys that cannot be fetched are our trouble, not the caller's: the caller should come again.
        if (error instanceof KeysUnavailable) throw error;
        return null;
      }
    },
    matches: (claims, activity) =>
      activity.channelId === 'msteams' &&
      typeof activity.serviceUrl === 'string' &&
      sameUrl(activity.serviceUrl, claims.serviceUrl) &&
      isServiceUrl(activity.serviceUrl, options),
  };
}

/**
 * A channel's key signs only for the channels it is endorsed for. A token that names no key, or one that is not there
 * any more, is refused; so is one whose key shares its name with a key for other channels.
 */
function isEndorsed(channel: OpenId, kid: string | undefined): boolean {
  const keys = channel.keys.jwks()?.keys.filter((candidate) => candidate.kid === kid) ?? [];
  return kid !== undefined && keys.length > 0 && keys.every(isForTeams);
}

const isForTeams = ({ endorsements }: Record<string, unknown>) =>
  endorsements === undefined || (Array.isArray(endorsements) && endorsements.includes('msteams'));

/** Whether tokens of the bot may be sent to this address. */
export function isServiceUrl(
  url: string,
  options: Pick<GuardOptions, 'isLoopback' | 'serviceHosts'>,
): boolean {
  if (!URL.canParse(url)) return false;
  if (options.isLoopback) return isLoopbackUrl(url);
  const { protocol, hostname, port, username } = new URL(url);
  return protocol === 'https:' && port === '' && username === '' && options.serviceHosts.includes(hostname);
}

const sameUrl = (a: string, b: string) => a.replace(/\/+$/, '') === b.replace(/\/+$/, '');

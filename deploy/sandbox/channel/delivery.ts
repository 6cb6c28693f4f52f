import { readJson } from '../../../bot/base/http-client.ts';
import type { Signer } from '../keys.ts';
import type { Activity, Json } from './model.ts';

/** What the bot answered: `status` 0 where it could not be reached, `body` parsed where it is JSON. */
export type Delivered = { status: number; body: unknown };

/** The way to the bot. */
export type Delivery = {
  /** Signs and posts the activity as it is; the token's service address is the activity's. */
  deliver(activity: Activity): Promise<Delivered>;
  /** A token as the channel makes it, with claims replaced (`undefined` leaves a claim out). */
  sign(overrides?: Json, header?: Json): Promise<string>;
  /** Where the bot listens: its `/api/messages`. */
  connect(endpoint: string): void;
  /** Resolves when no activity is on its way any more. */
  idle(): Promise<void>;
  /** How many are. */
  underway(): number;
  /** Runs work that nobody waits for, but `idle` does. */
  aside(work: () => Promise<unknown>): void;
};

type DeliveryOptions = {
  signer: Signer;
  appId: string;
  serviceUrl: string;
  issuer: string;
  endpoint?: string | undefined;
  now(): number;
};

const LIFETIME_SECONDS = 3600;
const GIVE_UP_MS = 30_000;

/** The channel's way to the bot. */
export function createDelivery({
  signer,
  appId,
  serviceUrl,
  issuer,
  endpoint,
  now,
}: DeliveryOptions): Delivery {
  let target = endpoint;
  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    const done = () => void running.delete(work);
    work.then(done, done);
    return work;
  };

  const sign = (overrides: Json = {}, header: Json = {}) => {
    const seconds = Math.floor(now() / 1000);
    const claims = {
      iss: issuer,
      aud: appId,
      serviceurl: serviceUrl,
      nbf: seconds - 60,
      iat: seconds,
      exp: seconds + LIFETIME_SECONDS,
      ...overrides,
    };
    const kept = Object.entries(claims).filter(([, value]) => value !== undefined);
    return signer.sign(Object.fromEntries(kept), header);
  };

  const post = async (activity: Activity): Promise<Delivered> => {
    if (!target) throw new Error('The channel knows no bot yet: call connect(endpoint) first.');
    const token = await sign({ serviceurl: activity.serviceUrl });
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json; charset=utf-8', Authorization: `Bearer ${token}` },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(GIVE_UP_MS),
      });
      return { status: response.status, body: read(await response.text()) };
    } catch (error) {
      return { status: 0, body: String(error) };
    }
  };

  return {
    deliver: (activity) => track(post(activity)),
    sign,
    connect: (next) => {
      target = next;
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
    underway: () => running.size,
    aside: (work) => void track(work()).catch(() => undefined),
  };
}

/** An answer as the client has it: JSON, or the text where it is none. */
const read = (text: string): unknown => readJson(text) ?? text;

import { z } from 'zod';

/** Every variable that is read; `.env.example` is held against this list by a test. */
export const VARIABLES = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'BOT_APP_ID',
  'BOT_TENANT_ID',
  'BOT_CLIENT_SECRET',
  'BOT_CERTIFICATE_PATH',
  'BOT_MANAGED_IDENTITY_CLIENT_ID',
  'ALLOWED_TENANTS',
  'CLOUD',
  'AUTHORITY_HOST',
  'CHANNEL_OPENID_METADATA',
  'TOKEN_SERVICE_URL',
  'GRAPH_BASE_URL',
  'SSO_RESOURCE',
  'STORE',
  'GRAPH_MODE',
  'MEETING_TEMPLATES',
  'SENSITIVITY_LABELS',
  'CREATE_LIMIT',
  'TENANT_CREATE_LIMIT',
  'MESSAGE_PACE',
  'LOG_LEVEL',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
] as const;

/** The name of one of them. */
export type Variable = (typeof VARIABLES)[number];

/** Variables by name, and the faults that were found in them; a value with a fault is read as something all the same. */
export type Environment = {
  /** Trimmed; empty where it is not set. */
  read(name: Variable): string;
  /** The sentence goes on after the variable's name and never repeats its value, which may be a secret. */
  fail(name: Variable, sentence: string): void;
  /** A whole sentence, of several variables. */
  failTogether(sentence: string): void;
  problems: readonly string[];
};

/** What these variables have to say. */
export function openEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const problems: string[] = [];
  return {
    read: (name) => env[name]?.trim() ?? '',
    fail: (name, sentence) => void problems.push(`${name} ${sentence}`),
    failTogether: (sentence) => void problems.push(sentence),
    problems,
  };
}

/** Ids of Entra are of this form. */
export const isGuid = (value: string): boolean => z.guid().safeParse(value).success;

/** A GUID in small letters that must be there. `what` says whose it is. */
export function readGuid({ read, fail }: Environment, name: Variable, what: string): string {
  const value = read(name).toLowerCase();
  if (value === '') fail(name, `is not set: it is ${what}.`);
  else if (!isGuid(value)) fail(name, `must be a GUID: it is ${what}.`);
  return value;
}

/** A whole number from 0 to `most`. */
export function readWhole(
  { read, fail }: Environment,
  name: Variable,
  { fallback, most }: { fallback: number; most: number },
): number {
  const value = read(name);
  if (value === '') return fallback;
  if (/^\d{1,9}$/.test(value) && Number(value) <= most) return Number(value);
  fail(name, `must be a whole number from 0 to ${most}.`);
  return fallback;
}

/** One of a few words, in capitals or not. */
export function readChoice<Word extends string>(
  { read, fail }: Environment,
  name: Variable,
  words: readonly Word[],
  fallback: NoInfer<Word>,
): Word {
  const value = read(name).toLowerCase() || fallback;
  const found = words.find((word) => word === value);
  if (found === undefined) fail(name, `must be one of ${words.join(', ')}.`);
  return found ?? fallback;
}

/** What stands between commas. */
export const readList = ({ read }: Environment, name: Variable): string[] =>
  read(name)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

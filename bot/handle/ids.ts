import { createHash } from 'node:crypto';

/** An id made of these values: the same values always give the same id, and it reveals none of them. */
export const idOf = (...values: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64url');

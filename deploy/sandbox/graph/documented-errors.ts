import type { Fault } from '../faults.ts';
import rows from './documented-errors.json' with { type: 'json' };

/** A row of the table: a fault, or a status with Graph's error body. */
type Row = { id: string; title: string } & (
  | { fault: Fault }
  | { status: number; code: string; message: string; retryAfter?: number; headers?: Record<string, string> }
);

const INNER = { date: '2026-01-01T00:00:00', 'request-id': '5a4d0000-0000-4000-8000-000000000000' };

/** The failures that Graph is known for, in the order in which the sandbox offers them; each can be switched on. */
export const DOCUMENTED_ERRORS = (rows as Row[]).map((row) => ({
  id: row.id,
  title: row.title,
  fault: faultOf(row),
}));

function faultOf(row: Row): Fault {
  if ('fault' in row) return row.fault;
  const { status, code, message, retryAfter, headers } = row;
  const body = { error: { code, message, innerError: INNER } };
  return { kind: 'status', status, body, ...(retryAfter && { retryAfter }), ...(headers && { headers }) };
}

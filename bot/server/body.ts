import type { IncomingMessage } from 'node:http';

/** Why a body was refused, as an HTTP status. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415) {
    super(`body refused with ${status}`);
    this.name = 'BodyError';
    this.status = status;
  }
}

type BodyLimits = { bytes: number; depth: number };

/**
 * Reads a JSON object from a request. Takes no compressed bodies (19 KB inflate past any limit), stops reading at the
 * limit, and refuses nesting that would make everything after it slow. Throws BodyError.
 */
export async function readJson(request: IncomingMessage, limits: BodyLimits): Promise<object> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new BodyError(415);
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw new BodyError(413);
  const text = await readText(request, limits.bytes);
  if (isDeep(text, limits.depth)) throw new BodyError(400);
  return parseObject(text);
}

/** Listens instead of iterating, which takes twice as long. Nothing more is read after the limit, nor after an error. */
function readText(request: IncomingMessage, most: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      request.pause();
      reject(new BodyError(413));
    });
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => reject(new BodyError(400)));
  });
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BodyError(400);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BodyError(400);
  return value;
}

/** Counts brackets outside strings, before anything is built from them. */
function isDeep(text: string, most: number): boolean {
  let depth = 0;
  let isString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (isString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) isString = false;
    } else if (code === 0x22) isString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

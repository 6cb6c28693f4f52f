import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

const draft06: unknown = createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-06.json');
const schema: unknown = JSON.parse(
  readFileSync(new URL('../fixtures/adaptive-card-1.5.0.json', import.meta.url), 'utf8'),
);

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false }).addMetaSchema(
  draft06 as object,
);
const validate = ajv.compile(schema as object);

/** The deepest complaint of the Adaptive Card 1.5 schema, since one fault sets off every branch above it; null for a valid card. */
export function fault(card: Record<string, unknown>): string | null {
  const { msteams: _teamsOnly, ...standard } = card;
  if (validate(standard)) return null;
  const depth = (path: string) => path.split('/').length;
  const [deepest] = (validate.errors ?? []).toSorted((a, b) => depth(b.instancePath) - depth(a.instancePath));
  return `${deepest?.instancePath} ${deepest?.message}`;
}

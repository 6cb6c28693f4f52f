import type { AzureState } from './state.ts';

/** The options of one call by their names; an option may have several values. */
export type Options = ReadonlyMap<string, readonly string[]>;

/** One command of the Azure CLI. What it answers is printed as `--output` and `--query` say. */
export type Command = {
  needs: readonly string[];
  may?: readonly string[];
  run(state: AzureState, options: Options): unknown;
};

/** The CLI's own refusal, with its exit code: 1 for most, 2 for a command that it does not know, 3 for what is not there. */
export class AzError extends Error {
  readonly code: 1 | 2 | 3;
  constructor(code: 1 | 2 | 3, message: string) {
    super(message);
    this.code = code;
  }
}

/** The one value of an option that was given. */
export function one(options: Options, name: string): string {
  const [value, ...more] = options.get(name) ?? [];
  if (value === undefined || more.length > 0) throw new AzError(2, `argument ${name}: expected one argument`);
  return value;
}

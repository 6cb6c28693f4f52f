import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/** The options that the program was given. Ends it with the help, where `--help` or an unknown option is among them. */
export function readOptions<const T extends Options>(help: string, options: T): Values<T> {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } as Options });
    if (values.help) stop(help, 0);
    return values as Values<T>;
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${help}`, 2);
  }
}

/** Prints and ends: help to the standard output, anything else to the standard error. */
export function stop(text: string, code: number): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}

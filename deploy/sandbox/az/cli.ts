import { search } from 'jmespath';
import { AzError, type Command, type Options, one } from './command.ts';
import { requireImage } from './deployment.ts';
import { DIRECTORY } from './directory.ts';
import { PROVIDERS } from './providers.ts';
import { groupId, RESOURCES, resourceOf } from './resources.ts';
import type { AzureState } from './state.ts';

const containerApp = 'Microsoft.App/containerApps';
const appOf = (state: AzureState, options: Options) =>
  resourceOf(
    state,
    `${groupId(one(options, '--resource-group'))}/providers/${containerApp}/${one(options, '--name')}`,
  );

/** `NAME=value` into the environment of the app's container, or another image. */
function updateApp(state: AzureState, options: Options): void {
  const { containers } = appOf(state, options).properties.template as {
    containers: [{ image: string; env: { name: string; value: string }[] }];
  };
  const [container] = containers;
  if (options.has('--image')) container.image = requireImage(state, one(options, '--image'));
  for (const pair of options.get('--set-env-vars') ?? []) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    container.env = [...container.env.filter((variable) => variable.name !== name), { name, value }];
  }
}

/** `<registry>` and `<name>:<tag>` of an image that is there. */
function showImage(state: AzureState, options: Options) {
  const image = requireImage(state, `${one(options, '--name')}.azurecr.io/${one(options, '--image')}`);
  return { name: image.split(':')[1] };
}

function listTags({ images }: AzureState, options: Options): string[] {
  const repository = `${one(options, '--name')}.azurecr.io/${one(options, '--repository')}:`;
  return images
    .flatMap((image) => (image.startsWith(repository) ? [image.slice(repository.length)] : []))
    .toReversed();
}

function buildImage(state: AzureState, options: Options): void {
  const registry = one(options, '--registry');
  if (!state.resources.some(({ name, type }) => name === registry && type.endsWith('/registries')))
    throw new AzError(
      3,
      `The resource with name '${registry}' and type 'Microsoft.ContainerRegistry/registries' could not be found.`,
    );
  state.images.push(`${registry}.azurecr.io/${one(options, '--image')}`);
}

/** What commands do to images and to the app that runs one. */
const CONTAINERS: Readonly<Record<string, Command>> = {
  'acr build': { needs: ['--registry', '--image', '--file'], may: ['.'], run: buildImage },
  'acr repository show': { needs: ['--name', '--image'], run: showImage },
  'acr repository show-tags': { needs: ['--name', '--repository'], may: ['--orderby'], run: listTags },
  'containerapp update': {
    needs: ['--resource-group', '--name'],
    may: ['--set-env-vars', '--image'],
    run: updateApp,
  },
  'containerapp revision list': {
    needs: ['--resource-group', '--name'],
    run: (state, options) => [{ name: `${appOf(state, options).name}--1` }],
  },
};

/** How one call of the CLI ends. */
type AzAnswer = { code: number; stdout: string; stderr: string };

const COMMANDS: Readonly<Record<string, Command>> = {
  ...DIRECTORY,
  ...RESOURCES,
  ...CONTAINERS,
  ...PROVIDERS,
};
/** What every command takes. */
const COMMON = ['--output', '--query'];
/** Needs no login. */
const LOCAL = ['cloud show', 'cloud set', 'login'];

/** Does what `az <args>` would do to this state, and answers as it does. Commands and options not modelled are refused. */
export function answerAz(state: AzureState, args: readonly string[]): AzAnswer {
  try {
    const said = `${args.join(' ')} `;
    const name = Object.keys(COMMANDS).find((words) => said.startsWith(`${words} `)) ?? '';
    const command = COMMANDS[name];
    if (command === undefined)
      throw new AzError(2, `'${args.join(' ')}' is misspelled or not recognized by the system.`);
    if (!state.isSignedIn && !LOCAL.includes(name))
      throw new AzError(1, "Please run 'az login' to setup account.");
    if (state.refused.some((words) => name.startsWith(words)))
      throw new AzError(1, '(AuthorizationFailed) Insufficient privileges to complete the operation.');
    const options = readOptions(command, args.slice(name.split(' ').length));
    const result = command.run(state, options) ?? null;
    return { code: 0, stdout: print(result, options), stderr: '' };
  } catch (error) {
    if (!(error instanceof AzError)) throw error;
    return { code: error.code, stdout: '', stderr: `ERROR: ${error.message}\n` };
  }
}

function readOptions({ needs, may = [] }: Command, words: readonly string[]): Options {
  const options = new Map<string, string[]>();
  let current = '';
  for (const word of words) {
    // A folder to build stands by itself.
    const isOption = word.startsWith('--') || word === '.';
    if (isOption) current = word;
    if (isOption) options.set(word, []);
    else if (current === '') throw new AzError(2, `unrecognized arguments: ${word}`);
    else options.get(current)?.push(word);
  }
  const unknown = [...options.keys()].filter((name) => ![...needs, ...may, ...COMMON].includes(name));
  if (unknown.length > 0) throw new AzError(2, `unrecognized arguments: ${unknown.join(' ')}`);
  const missing = needs.filter((name) => !options.has(name));
  if (missing.length > 0) throw new AzError(2, `the following arguments are required: ${missing.join(', ')}`);
  return options;
}

function print(result: unknown, options: Options): string {
  const [output = 'json'] = options.get('--output') ?? [];
  const [query] = options.get('--query') ?? [];
  const found: unknown = query === undefined ? result : search(result as never, query);
  if (output === 'none') return '';
  if (output === 'json') return `${JSON.stringify(found, null, 2)}\n`;
  if (output !== 'tsv') throw new AzError(2, `argument --output: invalid choice: '${output}'`);
  // One line an item; nothing for nothing.
  return [found]
    .flat()
    .filter((item) => item !== null && item !== undefined)
    .map((item) => `${typeof item === 'object' ? JSON.stringify(item) : item}\n`)
    .join('');
}

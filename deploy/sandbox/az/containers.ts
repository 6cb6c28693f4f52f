import { AzError, type Command, type Options, one } from './command.ts';
import { requireImage } from './deployment.ts';
import { groupId, resourceOf } from './resources.ts';
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
export const CONTAINERS: Readonly<Record<string, Command>> = {
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

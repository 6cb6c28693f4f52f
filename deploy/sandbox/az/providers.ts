import { AzError, type Command, one } from './command.ts';
import type { AzureState } from './state.ts';

/** The resource providers of the templates; a test holds them against main.bicep and monitoring.bicep. */
export const TEMPLATE_PROVIDERS = [
  'Microsoft.App',
  'Microsoft.Authorization',
  'Microsoft.BotService',
  'Microsoft.ContainerRegistry',
  'Microsoft.Insights',
  'Microsoft.ManagedIdentity',
  'Microsoft.Network',
  'Microsoft.OperationalInsights',
  'Microsoft.Storage',
];
/** What Container Apps needs for an environment in a virtual network; no template names it. */
const UNNAMED = 'Microsoft.ContainerService';
const KNOWN = [...TEMPLATE_PROVIDERS, UNNAMED];

/** As Resource Manager does at a deployment: registers what the template names, and nothing that this needs in turn. */
export function registerTemplateProviders(state: AzureState, hasVirtualNetwork: boolean): void {
  const isMissing = TEMPLATE_PROVIDERS.some((namespace) => !state.providers.includes(namespace));
  if (isMissing && state.refused.includes('provider register'))
    throw new AzError(1, '(MissingSubscriptionRegistration) The subscription is not registered.');
  state.providers = [...new Set([...state.providers, ...TEMPLATE_PROVIDERS])];
  if (hasVirtualNetwork && !state.providers.includes(UNNAMED))
    throw new AzError(
      1,
      `(MissingSubscriptionRegistration) The subscription is not registered for ${UNNAMED}.`,
    );
}

/** What commands do to the resource providers of the subscription. */
export const PROVIDERS: Readonly<Record<string, Command>> = {
  'provider list': {
    needs: [],
    run: ({ providers }) =>
      KNOWN.map((namespace) => ({
        namespace,
        registrationState: providers.includes(namespace) ? 'Registered' : 'NotRegistered',
      })),
  },
  'provider register': {
    needs: ['--namespace'],
    may: ['--wait'],
    run: (state, options) => {
      const namespace = one(options, '--namespace');
      if (!KNOWN.includes(namespace))
        throw new AzError(1, `(InvalidResourceNamespace) The resource namespace '${namespace}' is invalid.`);
      state.providers = [...new Set([...state.providers, namespace])];
    },
  },
};

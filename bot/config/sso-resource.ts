import type { Environment } from './environment.ts';

const FORM = /^api:\/\/(?:[a-z\d.-]+(?::\d+)?\/)?(?:botid-)?([a-z\d-]+)$/i;

/** What an application ID URI of this bot must look like for Teams: it ends with the bot's id, perhaps after its host. */
export const isSsoResource = (value: string, appId: string): boolean =>
  FORM.exec(value)?.[1]?.toLowerCase() === appId;

/** What it may be, in words. */
export const SSO_RESOURCE_FORMS =
  'must be the application ID URI of the bot: api://botid-<BOT_APP_ID>, api://<host>/botid-<BOT_APP_ID>, or either without botid-.';

/** The resource that Teams asks a token for. */
export function readSsoResource({ read, fail }: Environment, appId: string): string {
  const value = read('SSO_RESOURCE');
  if (value === '') return `api://botid-${appId}`;
  if (!isSsoResource(value, appId)) fail('SSO_RESOURCE', SSO_RESOURCE_FORMS);
  return value;
}

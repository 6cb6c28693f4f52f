/** Microsoft's clouds that have online meetings, by the names that `CLOUD` takes. */
export type CloudName = 'global' | 'gcch' | 'dod';

/** What tokens are made out to in each cloud: Graph, and the Bot Framework, which is also the issuer of the channel's. */
export const RESOURCES: Readonly<Record<CloudName, { graph: string; bot: string }>> = {
  global: { graph: 'https://graph.microsoft.com', bot: 'https://api.botframework.com' },
  gcch: { graph: 'https://graph.microsoft.us', bot: 'https://api.botframework.us' },
  dod: { graph: 'https://dod-graph.microsoft.us', bot: 'https://api.botframework.us' },
};

// Stands for `botbuilder` in the bundle: what bot/teams uses of it. The rest of the SDK authenticates and sends by itself,
// which Parley does not let it do (bot/teams/connector.ts), and would be loaded with 3 MB of packages that only it needs.
export { BotAdapter } from 'botbuilder-core/lib/botAdapter.js';
export { TurnContext } from 'botbuilder-core/lib/turnContext.js';

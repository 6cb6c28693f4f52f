import { ClientSecretCredential } from '@azure/identity';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppCredentials, type ServiceClientCredentialsFactory } from 'botframework-connector';
import { createServer, plugins } from 'restify';

// The ceiling that Parley is held against: the smallest bot one can write on the same SDK, with its own checks of
// the channel's tokens, answering each message with one message. Configured like Parley.
const read = (name: string) => process.env[name] ?? '';
const appId = read('BOT_APP_ID');
const tenantId = read('BOT_TENANT_ID');
const authorityHost = read('AUTHORITY_HOST');
const metadata = read('CHANNEL_OPENID_METADATA');
const CHANNEL = 'https://api.botframework.com';

const credential = new ClientSecretCredential(tenantId, appId, read('BOT_CLIENT_SECRET'), {
  authorityHost,
  disableInstanceDiscovery: true,
});

/** The SDK's credentials, token cache included; only the token itself comes from the stand-in. */
class Credentials extends AppCredentials {
  protected override async refreshToken() {
    const { token, expiresOnTimestamp } = await credential.getToken(`${CHANNEL}/.default`);
    return { accessToken: token, expiresOn: new Date(expiresOnTimestamp) };
  }
}

const credentials: ServiceClientCredentialsFactory = {
  isValidAppId: async (id) => id === appId,
  isAuthenticationDisabled: async () => false,
  createCredentials: async (_id, audience) => new Credentials(appId, tenantId, audience),
};

const authentication = new ConfigurationBotFrameworkAuthentication(
  {
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId,
    ToChannelFromBotLoginUrl: `${authorityHost}/${tenantId}`,
    ToChannelFromBotOAuthScope: CHANNEL,
    ToBotFromChannelTokenIssuer: CHANNEL,
    ToBotFromChannelOpenIdMetadataUrl: metadata,
    ToBotFromEmulatorOpenIdMetadataUrl: metadata,
    OAuthUrl: CHANNEL,
    CallerId: 'urn:botframework:azure',
  },
  credentials,
);
const adapter = new CloudAdapter(authentication);
adapter.onTurnError = async (_context, error) => {
  process.stderr.write(`${error.stack}\n`);
  throw error;
};

const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity(`You wrote: ${context.activity.text}`);
  await next();
});

const server = createServer();
server.use(plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.get('/readyz', async (_request, response) => {
  response.send(200);
});
server.listen(Number(read('PORT')), read('HOST'));

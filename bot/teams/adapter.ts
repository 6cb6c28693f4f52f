import {
  type Activity,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import { memo } from '../base/cache.ts';
import { type Conversations, createConversations } from './connector-client.ts';

type ConnectorOptions = {
  /** The bot's token for the channel; asked for before each request. */
  token(): Promise<string>;
};

const MOST_SERVICES = 100;

/**
 * botbuilder's adapter for activities that the guard has accepted: it authenticates nothing, and sends through our client
 * of the Bot Connector. The SDK's CloudAdapter would authenticate again, with checks that let too much through, and
 * loads a second MSAL and an HTTP client for it: 50 MB and half of the time of a start.
 */
export class ConnectorAdapter extends BotAdapter {
  /** The conversations at a service address. The guard has checked it against the cloud's allow-list. */
  readonly conversations: (serviceUrl: string) => Conversations;

  constructor({ token }: ConnectorOptions) {
    super();
    const authorization = async () => `Bearer ${await token()}`;
    this.conversations = memo(MOST_SERVICES, (serviceUrl) =>
      createConversations({ serviceUrl, authorization }),
    );
  }

  /** Takes an activity through the SDK's pipeline. */
  admit(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(new TurnContext(this, activity), logic);
  }

  override async sendActivities(
    { activity: { serviceUrl } }: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const { replyToActivity, sendToConversation } = this.conversations(serviceUrl);
    const sent: ResourceResponse[] = [];
    for (const { id: _, ...activity } of activities) {
      const conversation = activity.conversation?.id ?? '';
      const { replyToId } = activity;
      const answer = await (replyToId
        ? replyToActivity(conversation, replyToId, activity)
        : sendToConversation(conversation, activity));
      // Sent, even where the channel says nothing that can be read; the context asks each answer for its id.
      sent.push((answer ?? { id: '' }) as ResourceResponse);
    }
    return sent;
  }

  override async updateActivity(
    { activity: { serviceUrl } }: TurnContext,
    activity: Partial<Activity>,
  ): Promise<void> {
    await this.conversations(serviceUrl).updateActivity(
      activity.conversation?.id ?? '',
      activity.id ?? '',
      activity,
    );
  }

  override async deleteActivity(
    { activity: { serviceUrl } }: TurnContext,
    { conversation, activityId }: Partial<ConversationReference>,
  ): Promise<void> {
    await this.conversations(serviceUrl).deleteActivity(conversation?.id ?? '', activityId ?? '');
  }

  /** Parley writes without being asked through its own writer. */
  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('Parley continues no conversation through the adapter.'));
  }
}

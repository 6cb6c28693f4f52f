import type { Origin } from '../meeting/record.ts';

type Spot = Omit<Origin, 'isPrivate'> & { tenant: string; messageId?: string };

/** Teams' address of a message in a group chat or channel; of the chat or the thread itself where there is no message. */
export function messageLink({ conversation, place, tenant, messageId }: Spot, teamsHost: string): string {
  const [id = '', root = ''] = conversation.split(';messageid=');
  const base = `https://${teamsHost}/l`;
  const chat = encodeURIComponent(id);
  const message = /^\d+$/.test(messageId ?? '') ? messageId : undefined;
  if (place !== 'channel') {
    const context = encodeURIComponent(JSON.stringify({ contextType: 'chat' }));
    return message === undefined
      ? `${base}/chat/${chat}/conversations`
      : `${base}/message/${chat}/${message}?context=${context}`;
  }
  const thread = /^\d+$/.test(root) ? root : message;
  return thread === undefined
    ? `${base}/channel/${chat}/-?tenantId=${encodeURIComponent(tenant)}`
    : `${base}/message/${chat}/${message ?? thread}?tenantId=${encodeURIComponent(tenant)}&parentMessageId=${thread}`;
}

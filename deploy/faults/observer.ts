import type { StandIns } from '../sandbox/standins.ts';

/** What only an onlooker knows. */
export type Observer = {
  /** To which message each was said, by its id: an edit would tell of the message that caused the edit. */
  causes: ReadonlyMap<string, string>;
  /** Where the channel took a message of the bot and its answer was lost; epoch milliseconds. */
  lost: readonly { conversation: string; at: number }[];
  /** Where the channel said that the bot is no longer there. */
  blocked: readonly { conversation: string; at: number }[];
  /** What went wrong with which request, as lines of JSON like those of the bot's log. */
  hits: readonly string[];
};

/** Watches from now on. */
export function startObserver({ channel, faults }: Pick<StandIns, 'channel' | 'faults'>): Observer {
  const causes = new Map<string, string>();
  const lost: { conversation: string; at: number }[] = [];
  const blocked: { conversation: string; at: number }[] = [];
  channel.state.watch((change) => {
    if (change.kind !== 'message' || causes.has(change.message.id)) return;
    causes.set(change.message.id, change.message.activity.replyToId ?? '');
  });
  const hits: string[] = [];
  const take = faults.take;
  faults.take = (request) => {
    const fault = take(request);
    if (fault !== null) hits.push(JSON.stringify({ time: new Date(), ...request, fault }));
    const isLost = fault?.kind === 'drop' && fault.when === 'after' && request.service === 'channel';
    const [, conversation] = /conversations\/([^/]+)/.exec(request.path) ?? [];
    const isBlocked = fault?.kind === 'status' && fault.status === 403 && request.service === 'channel';
    if (conversation !== undefined && (isLost || isBlocked))
      (isLost ? lost : blocked).push({ conversation: decodeURIComponent(conversation), at: Date.now() });
    return fault;
  };
  return { causes, lost, blocked, hits };
}

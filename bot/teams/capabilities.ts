import type { Telemetry } from '../telemetry.ts';
import { ChannelError } from './connector-client.ts';
import type { Turn } from './turn.ts';
import type { Capability, TurnHandler } from './turn-handler.ts';

type CapabilitiesOptions = {
  telemetry: Telemetry;
  handler: Pick<TurnHandler, 'isRefused' | 'noteRefusal'>;
};

/** What Teams does in one conversation and not in another. */
export type Capabilities = {
  /** Does what Teams may refuse. Resolves with null where it refuses, and for a day afterwards without asking again. */
  unlessRefused<T>(capability: Capability, turn: Turn, work: () => Promise<T>): Promise<{ done: T } | null>;
};

/** Tries each capability until Teams refuses it; a refusal is counted once. */
export function createCapabilities({ telemetry, handler }: CapabilitiesOptions): Capabilities {
  return {
    unlessRefused: async (capability, turn, work) => {
      if (await handler.isRefused(turn, capability)) return null;
      try {
        return { done: await work() };
      } catch (error) {
        if (!isUnable(error)) throw error;
        telemetry.refused({ capability, status: error.status, place: turn.place });
        await handler.noteRefusal(turn, capability);
        return null;
      }
    },
  };
}

/** Whether Teams says that it does not do this there: not allowed, not known, or a client too old. */
const isUnable = (error: unknown): error is ChannelError =>
  error instanceof ChannelError && [400, 403, 404].includes(error.status);

import { GraphError } from '../../graph/failure.ts';
import type { Caller } from '../../graph/online-meetings.ts';
import { declined, type Missed, possible } from '../../meeting/granted.ts';
import type { Meeting, MeetingRequest } from '../../meeting/meeting.ts';
import type { Services } from '../services.ts';

/**
 * Makes a meeting with as much of what was asked for as can be had, and says what could not. A licence that Graph
 * refuses outright costs the options that need it, not the meeting. Throws GraphError.
 */
export async function makeGranted(
  request: MeetingRequest,
  caller: Caller,
  { meetings, offer }: Pick<Services, 'meetings' | 'offer'>,
): Promise<{ meeting: Meeting; missed: readonly Missed[] }> {
  const { options, missed } = possible(request.options, offer);
  const meeting = await meetings.create({ ...request, options }, caller).catch((error: unknown) => {
    const { template, encrypted, ...plain } = options;
    const isPremium = template !== undefined || encrypted === true;
    if (!isPremium || !isRefused(error)) throw error;
    return meetings.create({ ...request, options: plain }, caller);
  });
  return { meeting, missed: [...missed, ...declined(options, meeting.granted)] };
}

const isRefused = (error: unknown) =>
  error instanceof GraphError && (error.status === 400 || error.status === 403);

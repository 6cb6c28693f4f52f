import { type Found, open, well, wrong } from '../smoke/finding.ts';
import { get, why } from '../smoke/request.ts';

const MOST_SECONDS = 30;

/** Holds the bot's clock against that of Entra, whose tokens it must believe. */
export async function checkClock(url: string, loginHost: string, tenantId: string): Promise<Found> {
  try {
    const [bot, entra] = await Promise.all([
      timeAt(`${url}/healthz`),
      timeAt(`${loginHost}/${tenantId}/v2.0/.well-known/openid-configuration`),
    ]);
    if (bot === null || entra === null) return open('an answer did not say what time it is.');
    const seconds = Math.round((bot - entra) / 1000);
    if (Math.abs(seconds) <= MOST_SECONDS) return well('agrees with Entra’s');
    const way = seconds > 0 ? 'ahead of' : 'behind';
    return wrong(
      `it is ${Math.abs(seconds)} s ${way} Entra’s: tokens are refused from 5 minutes on. Where the bot runs:`,
      'sudo timedatectl set-ntp true',
    );
  } catch (error) {
    return open(`no answer: ${why(error)}`);
  }
}

async function timeAt(address: string): Promise<number | null> {
  const date = (await get(address)).headers.get('date');
  return date === null ? null : Date.parse(date);
}

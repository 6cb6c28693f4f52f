import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import about from '../package.json' with { type: 'json' };
import { runAz } from './doctor/az.ts';
import { examine } from './doctor/examine.ts';
import { readOrigin, readWait, stop } from './smoke/arguments.ts';
import { smoke, waitUntilReady } from './smoke/checks.ts';
import { findingText, verdict } from './smoke/finding.ts';

const HELP = `npm run doctor -- --url https://… [options]

Does what npm run smoke does, and looks with your own login to the Azure CLI at the registration in Entra ID, consent,
the Azure Bot, roles, the clock and the Teams package. Changes nothing; each fault comes with the command that mends it.

  --url <url>          the bot's address, without a path (PUBLIC_URL); http:// only for this machine
  --group <name>       the resource group of the bot or of its Azure Bot; without it Azure is not looked at
  --name <text>        --name of deploy.sh (parley)
  --app-id <guid>      the bot's Entra application (BOT_APP_ID; else what the deployment says)
  --cloud <name>       global, gcch or dod, where the deployment does not say (global)
  --graph-mode <name>  delegated or application, where the deployment does not say (delegated)
  --calendar           people's calendars are used (CALENDAR=on), where the deployment does not say
  --package <file>     the Teams app package (parley.zip)
  --version <version>  the version that must run there, or "any" (${about.version})
  --wait <seconds>     waits so long for the bot to be ready in that version (0)
  --help               this text`;

const { values } = readArguments();
if (values.help) stop(HELP, 0);
const origin = readOrigin(values.url ?? process.env.PUBLIC_URL ?? '');
if ('problem' in origin) stop(`${origin.problem}\n\n${HELP}`, 2);
const { url } = origin;
const appId = (values['app-id'] ?? process.env.BOT_APP_ID ?? '').toLowerCase() || null;
const version = values.version === 'any' ? null : values.version;
const zip = existsSync(values.package) ? readFileSync(values.package) : null;

const patience = readWait(values.wait);
if (patience === null) stop(`--wait must be a number of seconds, 3600 at most.\n\n${HELP}`, 2);

await waitUntilReady({ url, appId, version }, patience);
const outside = await smoke({ url, appId, version }, (finding) => console.log(findingText(finding)));
const options = { url, appId, zip, name: values.name, group: values.group ?? null };
const said = {
  cloud: values.cloud ?? null,
  graphMode: values['graph-mode'] ?? null,
  isCalendarUsed: values.calendar,
};
const inside = await examine(runAz, { ...options, ...said }, Date.now());
for (const finding of inside) console.log(findingText(finding));
const { text, code } = verdict([...outside, ...inside], url);
stop(text, code);

function readArguments() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        url: text,
        group: text,
        'app-id': text,
        cloud: text,
        'graph-mode': text,
        calendar: { type: 'boolean', default: false },
        name: { ...text, default: 'parley' },
        package: { ...text, default: 'parley.zip' },
        version: { ...text, default: about.version },
        wait: { type: 'string', default: '0' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${HELP}`, 2);
  }
}

/**
 * What one wish of a person costs: processor and memory by `npm run bench:fleet` on a busy core, requests counted by
 * test/e2e/fleet.test.ts. People come once in a while, so a command begins with a silent sign-in.
 */
export const MEASURED = {
  /** Processor time in milliseconds. */
  cpuPerCommand: 27,
  cpuPerOther: 9,
  /** Requests to Azure Tables; the first where the person's token is at hand. */
  requestsPerCommandAlone: 6,
  requestsPerCommand: 14,
  requestsPerOther: 3,
  /** When the meeting starts and ends, where no token is at hand; counted in the code. */
  requestsLater: 7,
  /** The card to sign in, which Teams shows to nobody, and the meeting's. */
  messagesPerCommand: 2,
  /** The card that says that its meeting is over. */
  messagesLater: 1,
  /** Megabytes that a replica holds after a thousand turns. */
  memory: 190,
};

/** What is assumed of people; nobody has measured it. */
export const ASSUMED = {
  /** Meetings that a person makes with the bot on a working day. */
  commandsPerDay: 0.5,
  /** Everything else: clicks, questions answered, lists. */
  othersPerDay: 0.5,
  workingDays: 21,
  /** Share of a day in its busiest hour, and how much busier its busiest minute is: meetings are made together. */
  busyHour: 0.2,
  busyMinute: 3,
  /** Processors of a replica, and the share of them that is planned with. */
  processors: 0.5,
  load: 0.6,
  /** Megabytes that the tokens of a thousand people take, of which a replica keeps so many at most. */
  megabytesPerThousandTokens: 6,
  mostTokens: 20_000,
  /** The largest tenant's share of so many people. */
  largestTenant: (people: number) => (people > 1_000_000 ? 0.1 : 1),
  /** Days that a meeting is remembered from its making, in one row, and the bytes that it takes. */
  daysKept: 67,
  bytesPerMeeting: 2_500,
  /** Milliseconds in which a thousand rows are looked through for what has expired, and the share of time for it. */
  sweepPage: 50,
  sweepShare: 0.2,
};

/** What Microsoft publishes. */
export const LIMITS = {
  /** Teams: requests a second of a bot to one tenant. */
  teamsPerTenant: 50,
  /** Graph: meetings of a person in a month. */
  meetingsPerPersonMonth: 2_000,
  /** Graph: requests in ten seconds of an application, over all tenants. */
  graphPerTenSeconds: 130_000,
  /** Azure Tables: requests a second of one partition, and of one account. */
  partition: 2_000,
  account: 20_000,
};

/** What a bot for so many people needs; rates are those of the busiest minute. */
type Size = {
  people: number;
  turnsPerSecond: number;
  replicas: number;
  megabytes: number;
  storePerSecond: number;
  ofAccount: number;
  storeMillionsPerMonth: number;
  gigabytes: number;
  sweepHours: number;
  messagesPerSecond: number;
  ofTeams: number;
  ofGraph: number;
  ofPerson: number;
};

const SECONDS_PER_HOUR = 3_600;
const MONTH_DAYS = 30;

/** Never less than two replicas, so that one may fail. */
export function sizeOf(people: number): Size {
  const { commandsPerDay, othersPerDay, busyHour, busyMinute, workingDays } = ASSUMED;
  const rate = (perDay: number) => (people * perDay * busyHour * busyMinute) / SECONDS_PER_HOUR;
  const [commands, others] = [rate(commandsPerDay), rate(othersPerDay)];
  const cost = (perCommand: number, perOther: number) => commands * perCommand + others * perOther;
  const cpu = cost(MEASURED.cpuPerCommand, MEASURED.cpuPerOther) / 1_000;
  const { requestsPerCommand, requestsLater, requestsPerOther } = MEASURED;
  const store = cost(requestsPerCommand + requestsLater, requestsPerOther);
  const messages =
    cost(MEASURED.messagesPerCommand + MEASURED.messagesLater, 1) * ASSUMED.largestTenant(people);
  const daysPerBusySecond = workingDays / ((busyHour * busyMinute) / SECONDS_PER_HOUR);
  const meetings = ((people * commandsPerDay * workingDays) / MONTH_DAYS) * ASSUMED.daysKept;
  const tokens = Math.min(people, ASSUMED.mostTokens);
  const pages = meetings / 1_000;
  return {
    people,
    turnsPerSecond: cost(2, 1),
    replicas: Math.max(2, Math.ceil(cpu / (ASSUMED.processors * ASSUMED.load))),
    megabytes: MEASURED.memory + (tokens / 1_000) * ASSUMED.megabytesPerThousandTokens,
    storePerSecond: store,
    ofAccount: store / LIMITS.account,
    storeMillionsPerMonth: (store * daysPerBusySecond) / 1e6,
    gigabytes: (meetings * ASSUMED.bytesPerMeeting) / 1e9,
    sweepHours: (pages * ASSUMED.sweepPage) / ASSUMED.sweepShare / 1_000 / SECONDS_PER_HOUR,
    messagesPerSecond: messages,
    ofTeams: messages / LIMITS.teamsPerTenant,
    ofGraph: ((commands + others) * 10) / LIMITS.graphPerTenSeconds,
    ofPerson: (commandsPerDay * workingDays) / LIMITS.meetingsPerPersonMonth,
  };
}

/** How many people of one tenant bring its busiest minute to what Teams takes. */
export function mostOfTenant(): number {
  const { turnsPerSecond: _, messagesPerSecond } = sizeOf(1_000);
  return Math.floor((LIMITS.teamsPerTenant / messagesPerSecond) * 1_000);
}

const ROWS: readonly [string, (size: Size) => string][] = [
  ['turns a second', (size) => number(size.turnsPerSecond)],
  ['replicas of half a processor', (size) => number(size.replicas)],
  ['memory of each', (size) => `${number(size.megabytes)} MB`],
  ['requests to the store a second', (size) => number(size.storePerSecond)],
  ['of what a storage account takes', (size) => percent(size.ofAccount)],
  ['requests to the store in a month', (size) => `${number(size.storeMillionsPerMonth)} million`],
  ['what the store holds', (size) => `${number(size.gigabytes)} GB`],
  ['time until all of it was looked through for what has expired', (size) => `${number(size.sweepHours)} h`],
  ['messages a second into the largest tenant', (size) => number(size.messagesPerSecond)],
  ['of what Teams takes for one tenant', (size) => percent(size.ofTeams)],
  ['of what Graph takes from one application', (size) => percent(size.ofGraph)],
  ['of the meetings that Graph lets a person make in a month', (size) => percent(size.ofPerson)],
];

/** Two figures are more than an estimate has. */
function number(value: number): string {
  if (value > 0 && value < 0.01) return '< 0.01';
  const digits = value >= 10 ? 0 : value >= 1 ? 1 : 2;
  const rounded = value >= 100 ? Number(value.toPrecision(2)) : value;
  return rounded.toLocaleString('en', { maximumFractionDigits: digits });
}
const percent = (share: number) => `${number(share * 100)} %`;

/** The table of the page, in Markdown. */
export function sizingTable(): string {
  const sizes = [1_000, 100_000, 5_000_000].map(sizeOf);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const head = ['', ...sizes.map(({ people }) => `${people.toLocaleString('en')} people`)];
  return [
    line(head),
    line(head.map(() => '---')),
    ...ROWS.map(([what, show]) => line([what, ...sizes.map(show)])),
  ].join('\n');
}

/** What the table is calculated from, one sentence each, in Markdown. */
export function sizingGrounds(): string {
  const [m, a] = [MEASURED, ASSUMED];
  const grounds = [
    `Assumed: a person makes ${a.commandsPerDay} meetings with the bot on a working day and wants ${a.othersPerDay} other things of it (clicks, answers, lists), on ${a.workingDays} days a month.`,
    `Assumed: ${percent(a.busyHour)} of a day's wishes come in its busiest hour, and its busiest minute is ${a.busyMinute} times as busy as that hour. The rates are that minute's.`,
    `Assumed: the largest tenant is all there is, or ${percent(a.largestTenant(5_000_000))} of 5,000,000.`,
    `Assumed: a meeting is remembered for ${a.daysKept} days, in a row of ${number(a.bytesPerMeeting)} bytes. ${percent(a.sweepShare)} of the time goes into looking for what has expired, a thousand rows in ${a.sweepPage} ms.`,
    `Planned: a replica has ${a.processors} of a processor and uses ${percent(a.load)} of that. It keeps the tokens of ${a.mostTokens.toLocaleString('en')} people at most, ${a.megabytesPerThousandTokens} MB for a thousand.`,
    `Measured, of what the image runs, on one of two shared cores while others were busy on both, and with Azurite for Azure Tables: ${m.cpuPerCommand} ms of processor time for a command with its silent sign-in (25 to 30 in seven runs of 120; 12 to 17 where the token is at hand), ${m.cpuPerOther} ms for a list of meetings, which stands for anything else, ${m.memory} MB for a replica after a thousand turns.`,
    `Counted: ${m.requestsPerCommand} requests to the store for a command with its silent sign-in (${m.requestsPerCommandAlone} where the token is at hand), ${m.requestsPerOther} for anything else, and ${m.requestsLater} when the meeting starts and ends; ${m.messagesPerCommand} messages for a command, one of them the card that asks Teams to sign in, and ${m.messagesLater} when the meeting is over.`,
    `Published: Teams takes ${LIMITS.teamsPerTenant} requests a second from a bot for one tenant; Graph ${LIMITS.graphPerTenSeconds.toLocaleString('en')} in ten seconds from one application, and ${LIMITS.meetingsPerPersonMonth.toLocaleString('en')} meetings of a person in a month; Azure Tables ${LIMITS.account.toLocaleString('en')} requests a second for an account and ${LIMITS.partition.toLocaleString('en')} for a partition.`,
  ];
  return grounds.map((ground) => `- ${ground}`).join('\n');
}

if (import.meta.main) {
  const most = mostOfTenant().toLocaleString('en');
  console.log(
    `${sizingTable()}\n\n${sizingGrounds()}\n\nTeams' limit is reached by a tenant of ${most} people.`,
  );
}

/** The fields of a log line that say nothing here: there is one process on one machine. */
const DULL = ['level', 'time', 'pid', 'hostname', 'msg', 'tenant'];
const WARNING = 40;

/** Turns the bot's log (one JSON object a line) into lines for a person; whole lines only, others as they are. */
export function tellLog(isVerbose: boolean, write: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') write(isVerbose ? line : toLine(line));
  };
}

function toLine(line: string): string {
  const event = parse(line);
  if (!event) return `  bot  ${line}`;
  const fields = Object.entries(event)
    .filter(([name, value]) => !DULL.includes(name) && value !== '' && value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`);
  const mark = Number(event.level) >= WARNING ? '!' : ' ';
  return `${mark} bot  ${[event.msg, ...fields].filter(Boolean).join('  ')}`;
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

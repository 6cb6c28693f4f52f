import { readJson } from '../../bot/base/http-client.ts';
import { isRecord } from './channel/cards.ts';

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
  const event = readJson(line);
  if (!isRecord(event)) return `  bot  ${line}`;
  const fields = Object.entries(event)
    .filter(([name, value]) => !DULL.includes(name) && value !== '' && value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`);
  const mark = Number(event.level) >= WARNING ? '!' : ' ';
  return `${mark} bot  ${[event.msg, ...fields].filter(Boolean).join('  ')}`;
}

/** What a check found. `open`: it could not be looked at from here, or is somebody's to decide. */
export type Found =
  | { kind: 'well'; sentence: string }
  | { kind: 'wrong' | 'open'; sentence: string; cure: string | null };

/** With the name of its check. */
export type Finding = { check: string } & Found;

/** The check found what it should. */
export const well = (sentence: string): Found => ({ kind: 'well', sentence });

/** Something is wrong; `cure` is the one command that mends it. */
export const wrong = (sentence: string, cure: string | null = null): Found => ({
  kind: 'wrong',
  sentence,
  cure,
});

/** Nothing is known to be wrong; `cure` is a command that shows or settles it. */
export const open = (sentence: string, cure: string | null = null): Found => ({
  kind: 'open',
  sentence,
  cure,
});

const MARKS = { well: '✓', wrong: '✗', open: '?' } as const;

/** One finding as it is printed, with its command on a line of its own. */
export function findingText(finding: Finding): string {
  const { check, kind, sentence } = finding;
  const cure = kind === 'well' || finding.cure === null ? '' : `\n    ${finding.cure}`;
  return `${MARKS[kind]} ${check}: ${sentence}${cure}`;
}

/** What is said after the last finding, and the exit code: 1 if anything is wrong. */
export function verdict(findings: readonly Finding[], url: string): { text: string; code: 0 | 1 } {
  const count = findings.filter(({ kind }) => kind === 'wrong').length;
  if (count === 0) return { text: `\n${url} is well.`, code: 0 };
  return { text: `\n${count} of ${findings.length} checks failed at ${url}.`, code: 1 };
}

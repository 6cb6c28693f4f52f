import type { Act } from '../roles/labels.ts';
import { TALK } from '../roles/labels.ts';
import type { Model, Scores } from '../roles/model.ts';
import type { Part, Roles } from '../roles/roles.ts';
import { partsOf, readRoles } from '../roles/roles.ts';
import type { Row } from './rows.ts';

const MAKING: ReadonlySet<Act> = new Set(['create', 'now', 'room', 'again']);

const placesOf = (parts: readonly Part[], role: Part['role']) =>
  parts
    .filter((part) => part.role === role)
    .map(({ first, next }) => `${first}-${next}`)
    .join(' ');

/** What was right of one sentence. */
export type Outcome = { row: Row; read: Roles; right: readonly Part[] };

/** Reads every row with a model. */
export function readRows(rows: readonly Row[], model: Model): Outcome[] {
  return rows.map((row) => ({
    row,
    read: readRoles(row.sentence, model, row.situation),
    right: partsOf(row.labels),
  }));
}

const share = (some: number, all: number) => (all === 0 ? 1 : Math.round((some / all) * 10_000) / 10_000);

function shareOfRole(outcomes: readonly Outcome[], role: Part['role']): number {
  const concerned = outcomes.filter(
    ({ right, row }) => !TALK.has(row.example.template.act) && right.some((part) => part.role === role),
  );
  const exact = concerned.filter(({ right, read }) => placesOf(right, role) === placesOf(read.parts, role));
  return share(exact.length, concerned.length);
}

/** The shares that a model gets right of rows it has not learned from. */
export function measure(outcomes: readonly Outcome[]): Scores {
  const talk = outcomes.filter(({ row }) => TALK.has(row.example.template.act));
  return {
    sentences: outcomes.length,
    act: share(
      outcomes.filter(({ row, read }) => read.act === row.example.template.act).length,
      outcomes.length,
    ),
    subject: shareOfRole(outcomes, 'subject'),
    which: shareOfRole(outcomes, 'which'),
    guest: shareOfRole(outcomes, 'guest'),
    option: shareOfRole(outcomes, 'option'),
    falseCreates: share(talk.filter(({ read }) => MAKING.has(read.act)).length, talk.length),
  };
}

/** For 50, 90, 95 and 99 of 100 wrong acts: the margin that they stay below. Above it an act is as sure as that. */
export function marginsOf(outcomes: readonly Outcome[]): { of: number; margin: number }[] {
  const wrong = outcomes
    .filter(({ row, read }) => read.act !== row.example.template.act)
    .map(({ read }) => read.margin)
    .sort((one, other) => one - other);
  return [50, 90, 95, 99].map((of) => ({ of, margin: wrong[Math.floor((wrong.length * of) / 100)] ?? 0 }));
}

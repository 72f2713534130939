// Where findings stand in the two texts, and which rows can be folded away.

import type { Finding } from '../../api/types';
import type { Row } from './align';

/** A finding with the number that marks its lines. */
export interface Marked {
  number: number;
  finding: Finding;
}

export type Side = 'before' | 'after';

const RANK = { breaking: 0, warning: 1, note: 2 } as const;

/** The gravest first, otherwise in the order of the report; numbered from 1. */
export function numbered(findings: readonly Finding[]): Marked[] {
  return [...findings]
    .sort((one, other) => RANK[one.severity] - RANK[other.severity])
    .map((finding, at) => ({ finding, number: at + 1 }));
}

/** The side that explains a finding: the new text where it has a place in it. */
export function explainedOn(finding: Finding): Side | null {
  if (finding.after) return 'after';
  return finding.before ? 'before' : null;
}

/** The findings of each line of one side. */
export function byLine(marked: readonly Marked[], side: Side): Map<number, Marked[]> {
  const lines = new Map<number, Marked[]>();
  for (const mark of marked) {
    const line = mark.finding[side]?.line;
    if (line !== undefined) lines.set(line, [...(lines.get(line) ?? []), mark]);
  }
  return lines;
}

/** A run of rows that are shown, or one that is folded. */
export interface Stretch {
  folded: boolean;
  rows: Row[];
}

const CONTEXT = 3;

/** Folds what is far from every change and every finding. */
export function stretches(rows: readonly Row[], marked: readonly Marked[]): Stretch[] {
  const before = byLine(marked, 'before');
  const after = byLine(marked, 'after');
  const wanted = rows.map((row) => !row.same || before.has(row.before ?? 0) || after.has(row.after ?? 0));
  const near = rows.map((_, at) => wanted.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).includes(true));
  const found: Stretch[] = [];
  rows.forEach((row, at) => {
    const folded = !near[at];
    const last = found.at(-1);
    if (last?.folded === folded) last.rows.push(row);
    else found.push({ folded, rows: [row] });
  });
  // A fold that hides a line or two costs more than it saves.
  return found.map((stretch) => ({ ...stretch, folded: stretch.folded && stretch.rows.length > 2 }));
}

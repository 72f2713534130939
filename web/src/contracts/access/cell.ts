// What one cell of the matrix says.

import type { Access, AccessCell, AccessRow } from '../../api/types';
import { maskDetail, maskLabel } from './mask';

export interface CellText {
  access: Access;
  /** In the cell. */
  label: string;
  /** In the tooltip. */
  reason: string;
  mask: string | null;
}

/** What is clear needs no reason in the answer. */
const GRANTED = 'granted, and nothing hides it';

/** A column that the answer leaves out is denied: silence never opens. */
export function cellText(row: AccessRow, column: string): CellText {
  const cell: AccessCell = row.columns[column] ?? {
    access: 'denied',
    reason: 'the answer does not name this column',
  };
  return {
    access: cell.access,
    label: cell.access === 'masked' && cell.mask ? maskLabel(cell.mask) : cell.access,
    reason: cell.reason ?? GRANTED,
    mask: cell.mask ? maskDetail(cell.mask) : null,
  };
}

export interface Position {
  row: number;
  column: number;
}

/** Where a key leads within a grid, or null where it is none of the grid's keys. */
export function moved(from: Position, key: string, rows: number, columns: number): Position | null {
  const steps: Record<string, Position> = {
    ArrowUp: { row: from.row - 1, column: from.column },
    ArrowDown: { row: from.row + 1, column: from.column },
    ArrowLeft: { row: from.row, column: from.column - 1 },
    ArrowRight: { row: from.row, column: from.column + 1 },
    Home: { row: from.row, column: 0 },
    End: { row: from.row, column: columns - 1 },
    PageUp: { row: 0, column: from.column },
    PageDown: { row: rows - 1, column: from.column },
  };
  const step = steps[key];
  if (!step) return null;
  const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
  return { row: within(step.row, rows), column: within(step.column, columns) };
}

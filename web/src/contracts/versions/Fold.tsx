import { type ReactNode, useState } from 'react';
import type { Row } from './align';
import classes from './diff.module.css';

/** Rows that nobody asked to see, until somebody does. */
export function Fold({ rows, show }: { rows: readonly Row[]; show: (row: Row) => ReactNode }) {
  const [open, setOpen] = useState(false);
  if (open) return rows.map(show);
  return (
    <tr className={classes.fold}>
      <td colSpan={4}>
        <button type="button" onClick={() => setOpen(true)}>
          Show {rows.length} equal lines
        </button>
      </td>
    </tr>
  );
}

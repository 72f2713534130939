import type { AccessRow } from '../../api/types';
import classes from './access.module.css';

/** The domain of roles that count in every domain. */
const GLOBAL = '*';

function seesAny(row: AccessRow): boolean {
  return Object.values(row.columns).some((column) => column.access !== 'denied');
}

function RowsServed({ row }: { row: AccessRow }) {
  if (!seesAny(row)) return 'no rows';
  if (row.filters.length === 0) return 'all rows';
  return row.filters.map((filter) => (
    <div key={filter}>
      rows where <code>{filter}</code>
    </div>
  ));
}

/** The roles, and the rows that each is served. */
export function MatrixHead({ rows }: { rows: readonly AccessRow[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">Column</th>
        {rows.map((row) => (
          <th key={`${row.domain} ${row.role}`} scope="col">
            {row.role}
            <div className={classes.domain}>{row.domain === GLOBAL ? 'everywhere' : row.domain}</div>
            <div className={classes.rows}>
              <RowsServed row={row} />
            </div>
          </th>
        ))}
      </tr>
    </thead>
  );
}

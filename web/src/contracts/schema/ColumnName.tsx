import type { ColumnView } from '../../api/types';
import classes from './schema.module.css';

interface ColumnNameProps {
  column: ColumnView;
  /** Whether its children are hidden; null where it has none. */
  folded: boolean | null;
  onFold: () => void;
}

/** A column's name with what must hold for its values. */
export function ColumnName({ column, folded, onFold }: ColumnNameProps) {
  const promises = [
    column.primary_key && 'primary key',
    column.required && 'required',
    column.unique && !column.primary_key && 'unique',
  ].filter(Boolean);
  return (
    <span className={classes.name}>
      {folded !== null && (
        <button
          type="button"
          className={classes.fold}
          aria-expanded={!folded}
          aria-label={`Columns in ${column.path}`}
          onClick={onFold}
        >
          <span aria-hidden="true">{folded ? '▸' : '▾'}</span>
        </button>
      )}
      <code>{column.name}</code>
      {promises.length > 0 && <span className={classes.promises}>{promises.join(', ')}</span>}
    </span>
  );
}

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { AccessObject } from '../../api/types';
import classes from './access.module.css';
import { CellTip } from './CellTip';
import { cellText, moved, type Position } from './cell';
import { MatrixCell } from './MatrixCell';
import { MatrixHead } from './MatrixHead';

const START: Position = { row: 0, column: 0 };

/** Column × role. One cell is in the tab order; arrows go on from there. */
export function Matrix({ object }: { object: AccessObject }) {
  const tip = useId();
  const table = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState(START);
  const [shown, setShown] = useState<Position | null>(null);

  const cellAt = ({ row, column }: Position) =>
    table.current?.tBodies[0]?.rows[row]?.querySelectorAll<HTMLElement>('td')[column] ?? null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setShown(null);
    const next = moved(current, event.key, object.columns.length, object.rows.length);
    if (!next) return;
    event.preventDefault();
    cellAt(next)?.focus();
  };
  const focused = (at: Position) => {
    setCurrent(at);
    setShown(at);
  };
  const column = shown && object.columns[shown.row];
  const role = shown && object.rows[shown.column];
  return (
    <div className={classes.scroll}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells take the focus, as a grid's do
        role="grid"
        aria-label={`Who sees what of ${object.name}`}
        className={classes.matrix}
        onKeyDown={onKeyDown}
      >
        <MatrixHead rows={object.rows} />
        <tbody>
          {object.columns.map((name, row) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              {object.rows.map((access, at) => {
                const position = { row, column: at };
                const here = shown?.row === row && shown.column === at;
                return (
                  <MatrixCell
                    key={`${access.domain} ${access.role}`}
                    text={cellText(access, name)}
                    inTabOrder={current.row === row && current.column === at}
                    tip={here ? tip : undefined}
                    onShow={() => setShown(position)}
                    onHide={() => setShown(null)}
                    onFocus={() => focused(position)}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {shown && column && role && (
        <CellTip
          id={tip}
          anchor={cellAt(shown)}
          text={cellText(role, column)}
          title={`${role.role}, ${column}`}
        />
      )}
    </div>
  );
}

import { Fragment, useMemo } from 'react';
import { align, linesOf } from './align';
import { byLine, type Marked, stretches } from './anchors';
import { DiffRow } from './DiffRow';
import classes from './diff.module.css';
import { Fold } from './Fold';

interface Text {
  version: string;
  text: string;
}

interface SourceDiffProps {
  before: Text;
  after: Text;
  marked: readonly Marked[];
}

/** Old and new text side by side; each finding stands below its line. */
export function SourceDiff({ before, after, marked }: SourceDiffProps) {
  const beforeLines = useMemo(() => linesOf(before.text), [before.text]);
  const afterLines = useMemo(() => linesOf(after.text), [after.text]);
  const parts = useMemo(
    () => stretches(align(beforeLines, afterLines), marked),
    [beforeLines, afterLines, marked],
  );
  const beforeMarks = useMemo(() => byLine(marked, 'before'), [marked]);
  const afterMarks = useMemo(() => byLine(marked, 'after'), [marked]);
  const row = (at: (typeof parts)[number]['rows'][number]) => (
    <DiffRow
      key={`${at.before} ${at.after}`}
      same={at.same}
      before={{
        line: at.before,
        text: beforeLines[(at.before ?? 0) - 1],
        marks: beforeMarks.get(at.before ?? 0),
      }}
      after={{ line: at.after, text: afterLines[(at.after ?? 0) - 1], marks: afterMarks.get(at.after ?? 0) }}
    />
  );
  return (
    <table className={classes.diff}>
      <caption className="visually-hidden">
        Text of version {before.version} beside version {after.version}
      </caption>
      <colgroup>
        <col className={classes.numberColumn} />
        <col />
        <col className={classes.numberColumn} />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th colSpan={2} scope="col">
            {before.version}
          </th>
          <th colSpan={2} scope="col">
            {after.version}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => {
          const key = `${part.rows[0]?.before} ${part.rows[0]?.after}`;
          return part.folded ? (
            <Fold key={key} rows={part.rows} show={row} />
          ) : (
            <Fragment key={key}>{part.rows.map(row)}</Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

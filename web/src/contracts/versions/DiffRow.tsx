import { explainedOn, type Marked, type Side } from './anchors';
import classes from './diff.module.css';
import { FindingMark } from './FindingMark';
import { FindingText } from './FindingText';

interface Half {
  line: number | null;
  text: string | undefined;
  marks: readonly Marked[] | undefined;
}

interface DiffRowProps {
  same: boolean;
  before: Half;
  after: Half;
}

/** One line of each text, then the findings that stand on them. */
export function DiffRow({ same, before, after }: DiffRowProps) {
  const explained = [...notes(before, 'before'), ...notes(after, 'after')];
  return (
    <>
      <tr className={classes.row} data-same={same}>
        <HalfCells half={before} side="before" same={same} />
        <HalfCells half={after} side="after" same={same} />
      </tr>
      {explained.length > 0 && (
        <tr className={classes.notes}>
          <NotesCell marks={notes(before, 'before')} />
          <NotesCell marks={notes(after, 'after')} />
        </tr>
      )}
    </>
  );
}

function notes(half: Half, side: Side): Marked[] {
  return (half.marks ?? []).filter((mark) => explainedOn(mark.finding) === side);
}

const SIGNS = { before: '−', after: '+' } as const;
const WORDS = { before: 'removed', after: 'added' } as const;

function HalfCells({ half, side, same }: { half: Half; side: Side; same: boolean }) {
  const changed = !same && half.line !== null;
  return (
    <>
      <td className={classes.number} data-side={side} data-changed={changed} data-empty={half.line === null}>
        {half.line}
        {half.marks?.map((mark) => (
          <FindingMark key={mark.number} mark={mark} />
        ))}
      </td>
      <td className={classes.text} data-side={side} data-changed={changed} data-empty={half.line === null}>
        {changed && (
          <span className={classes.sign}>
            <span aria-hidden="true">{SIGNS[side]}</span>
            <span className="visually-hidden">{WORDS[side]}</span>
          </span>
        )}
        {half.text}
      </td>
    </>
  );
}

function NotesCell({ marks }: { marks: readonly Marked[] }) {
  return (
    <td colSpan={2} data-empty={marks.length === 0}>
      {marks.map((mark) => (
        <div
          key={mark.number}
          id={`finding-${mark.number}`}
          className={classes.note}
          data-severity={mark.finding.severity}
        >
          <FindingMark mark={mark} />
          <FindingText finding={mark.finding} />
        </div>
      ))}
    </td>
  );
}

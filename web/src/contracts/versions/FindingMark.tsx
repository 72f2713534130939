import type { Marked } from './anchors';
import classes from './diff.module.css';

/** The number that joins a finding to its lines. */
export function FindingMark({ mark }: { mark: Marked }) {
  return (
    <span className={classes.mark} data-severity={mark.finding.severity}>
      {mark.number}
    </span>
  );
}

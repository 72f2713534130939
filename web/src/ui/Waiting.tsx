import { Skeleton } from '@mantine/core';
import classes from './notices.module.css';

const WIDTHS = ['38%', '92%', '84%', '88%', '61%'];

/** The outline of what is on its way. */
export function Waiting() {
  return (
    <div role="status" className={classes.waiting}>
      <span className="visually-hidden">Loading</span>
      {WIDTHS.map((width) => (
        <Skeleton key={width} height={14} width={width} />
      ))}
    </div>
  );
}

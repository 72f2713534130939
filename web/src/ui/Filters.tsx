import type { ReactNode } from 'react';
import classes from './Filters.module.css';

/** The row of fields above what they narrow down. */
export function Filters({ children }: { children: ReactNode }) {
  return <search className={classes.filters}>{children}</search>;
}

import type { ReactNode } from 'react';
import classes from './Facts.module.css';

/** Short facts in a row. */
export function Facts({ children }: { children: ReactNode }) {
  return <div className={classes.facts}>{children}</div>;
}

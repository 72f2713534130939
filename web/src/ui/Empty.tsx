import type { ReactNode } from 'react';
import classes from './notices.module.css';

/** Nothing to show, and what that means. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div role="status" className={classes.empty}>
      <svg viewBox="0 0 64 40" width="64" height="40" fill="none" strokeWidth="1.5" aria-hidden="true">
        <path d="M32 8 16 32M32 8l16 24" stroke="var(--zc-line)" />
        <path d="M4 24 60 14" stroke="var(--zc-cut)" strokeDasharray="3 4" />
        <circle cx="32" cy="8" r="4" fill="var(--zc-surface)" stroke="var(--zc-muted)" />
        <circle cx="16" cy="32" r="4" fill="var(--zc-surface)" stroke="var(--zc-line)" />
        <circle cx="48" cy="32" r="4" fill="var(--zc-surface)" stroke="var(--zc-line)" />
      </svg>
      <p className={classes.title}>{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}

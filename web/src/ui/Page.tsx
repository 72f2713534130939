import { type ReactNode, useEffect } from 'react';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  /** What to show as the heading, where it is more than the title's text. */
  heading?: ReactNode;
  /** One line above the heading: where we are. */
  crumb?: ReactNode;
  /** One or two lines below the heading. */
  lead?: ReactNode;
  /** Beside the heading. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A page: its title in the browser, its heading, the cut, its content. */
export function Page({ title, heading, crumb, lead, aside, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Zonecut`;
  }, [title]);
  return (
    <>
      <div className={classes.head}>
        <div className={classes.headText}>
          {crumb && <div className={classes.crumb}>{crumb}</div>}
          <h1>{heading ?? title}</h1>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {aside}
      </div>
      {children}
    </>
  );
}

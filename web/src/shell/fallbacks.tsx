// What stands in a page's place: not there, not yet, or not possible.

import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Problem } from '../api/problem';
import { Page } from '../ui/Page';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Waiting } from '../ui/Waiting';
import classes from './Shell.module.css';

export function RouteMissing() {
  return (
    <Page title="Not found">
      <p>
        No page has this address. Perhaps you came for the <Link to="/products">products</Link> or the{' '}
        <Link to="/contracts">contracts</Link>.
      </p>
    </Page>
  );
}

export function RouteFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const problem =
    error instanceof Problem ? error : new Problem(500, 'page-failed', 'This page failed', String(error));
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={problem.title}>
      <ProblemNotice problem={problem} onRetry={retry} />
    </Page>
  );
}

/** The frame itself failed, so the page brings its own landmark. */
export function ShellFailed(props: ErrorComponentProps) {
  return (
    <main className={classes.main}>
      <RouteFailed {...props} />
    </main>
  );
}

export function RoutePending() {
  return <Waiting />;
}

import { Button } from '@mantine/core';
import type { Problem } from '../api/problem';
import classes from './notices.module.css';
import { Prose } from './Prose';

/** A refusal in words, with a way on where there is one. */
export function ProblemNotice({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return (
    <div role="alert" className={classes.problem}>
      <div>
        <p className={classes.title}>{problem.title}</p>
        {problem.message && (
          <p>
            <Prose text={problem.message} />
          </p>
        )}
        <p className={classes.code}>
          <code>{problem.code}</code>
        </p>
      </div>
      {onRetry && problem.remedy === 'retry' && (
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

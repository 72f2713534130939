import type { Finding, Severity } from '../../api/types';
import { Badge, type Tone } from '../../ui/Badge';
import { Prose } from '../../ui/Prose';
import classes from './diff.module.css';

const TONES: Record<Severity, Tone> = { note: 'plain', warning: 'warn', breaking: 'bad' };

/** A finding in a line: how grave, for whom, what. */
export function FindingLine({ finding }: { finding: Finding }) {
  return (
    <div className={classes.line}>
      <Badge tone={TONES[finding.severity]}>{finding.severity}</Badge>
      <Badge>{finding.perspective}</Badge>
      <span className={classes.message}>
        <Prose text={finding.message} />
      </span>
    </div>
  );
}

/** What a finding says in full: its line, what would be right, whom it touches. */
export function FindingText({ finding }: { finding: Finding }) {
  return (
    <div className={classes.finding}>
      <FindingLine finding={finding} />
      {finding.help && (
        <p className="muted">
          <Prose text={finding.help} />
        </p>
      )}
      {finding.targets.length > 0 && <p className="muted">Targets: {finding.targets.join(', ')}</p>}
      {finding.affects.length > 0 && <p className="muted">Affects {finding.affects.join(', ')}</p>}
      {finding.waiver && (
        <p className="muted">
          Waived by {finding.waiver.owner} until {finding.waiver.expires}: {finding.waiver.reason}
        </p>
      )}
      <p className="muted">
        <code>{finding.rule}</code>
      </p>
    </div>
  );
}

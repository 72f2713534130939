import { Badge } from '../../ui/Badge';

/** What the three words stand for, and which state of the rules they come from. */
export function Legend({ serial }: { serial: number }) {
  return (
    <span className="muted">
      <Badge tone="good">clear</Badge> as stored · <Badge tone="warn">masked</Badge> in part ·{' '}
      <Badge tone="bad">denied</Badge> not at all · serial <code>{serial}</code>
    </span>
  );
}

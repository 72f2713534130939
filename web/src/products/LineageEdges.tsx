import type { LineageGraph } from '../api/types';
import { Badge } from '../ui/Badge';
import { Moment } from '../ui/Moment';
import classes from './lineage.module.css';
import { joined } from './lineage-geometry';

/** The picture in words. */
export function LineageEdges({ graph }: { graph: LineageGraph }) {
  return (
    <details className={classes.words}>
      <summary>As a list</summary>
      <ul>
        {joined(graph).map(({ edge, from, to }) => (
          <li key={`${edge.from} ${edge.to} ${edge.kind}`}>
            {from.kind} <b>{from.label}</b> → {to.kind} <b>{to.label}</b>{' '}
            <Badge tone={edge.kind === 'observed' ? 'accent' : 'plain'}>{edge.kind}</Badge>{' '}
            {edge.last_seen && (
              <span className="muted">
                last seen <Moment at={edge.last_seen} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

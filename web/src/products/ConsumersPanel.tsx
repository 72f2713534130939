import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { consumersQuery } from '../api/queries';
import { Badge } from '../ui/Badge';
import { Loaded } from '../ui/Loaded';
import { Panel } from '../ui/Panel';
import { ZoneName } from '../ui/ZoneName';
import classes from './products.module.css';

/** Who reads a product: those who said so, and those who were seen. */
export function ConsumersPanel({ id }: { id: string }) {
  const consumers = useQuery(consumersQuery(id));
  return (
    <Panel title="Consumers">
      <Loaded query={consumers}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="muted">Nobody has declared or been seen reading it.</p>}
            <ul className={classes.list}>
              {items.map((consumer) => (
                <li key={`${consumer.product} ${consumer.via} ${consumer.kind}`}>
                  <Link to="/products/$id" params={{ id: consumer.product }}>
                    <ZoneName name={consumer.product} zone={consumer.domain} />
                  </Link>
                  <Badge tone={consumer.kind === 'observed' ? 'accent' : 'plain'}>{consumer.kind}</Badge>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

import { Link } from '@tanstack/react-router';
import type { ProductPort } from '../api/types';
import { Panel } from '../ui/Panel';
import classes from './products.module.css';

interface PortsPanelProps {
  title: string;
  ports: readonly ProductPort[];
  none: string;
}

/** The doors of a product, and the contract on each. */
export function PortsPanel({ title, ports, none }: PortsPanelProps) {
  return (
    <Panel title={title}>
      {ports.length === 0 && <p className="muted">{none}</p>}
      <ul className={classes.list}>
        {ports.map((port) => (
          <li key={`${port.name} ${port.version}`}>
            <span>
              {port.name} {port.version && <code className="muted">{port.version}</code>}
            </span>
            {port.contract && (
              <Link to="/contracts/$id" params={{ id: port.contract }} className="mono">
                {port.contract}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

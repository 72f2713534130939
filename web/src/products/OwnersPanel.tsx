import { Panel } from '../ui/Panel';
import { WebLink } from '../ui/WebLink';
import { ownersOf, supportOf } from './people';
import classes from './products.module.css';

/** Whom to ask about a product, and where. */
export function OwnersPanel({ document }: { document: Record<string, unknown> }) {
  const owners = ownersOf(document);
  const support = supportOf(document);
  return (
    <Panel title="Owners and support">
      {owners.length + support.length === 0 && <p className="muted">The document names nobody.</p>}
      <ul className={classes.list}>
        {owners.map((owner) => (
          <li key={owner.username}>
            <span>{owner.username}</span>
            <span className="muted">{owner.role}</span>
          </li>
        ))}
        {support.map(({ channel, url }) => (
          <li key={channel + url}>
            <span>{channel}</span>
            <WebLink to={url}>{url}</WebLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries';
import { EVERYWHERE, holds } from '../session/permissions';
import { AuditIcon, ContractsIcon, PoliciesIcon, ProductsIcon, QualityIcon } from './icons';
import classes from './Shell.module.css';

const PLACES = [
  { to: '/products', label: 'Products', permission: 'products:read', Icon: ProductsIcon },
  { to: '/contracts', label: 'Contracts', permission: 'contracts:read', Icon: ContractsIcon },
  { to: '/policies', label: 'Policies', permission: 'policies:read', Icon: PoliciesIcon },
  { to: '/quality', label: 'Quality', permission: 'quality:read', Icon: QualityIcon },
  // Lists show what is in one's own domains; the audit log is of all of them.
  { to: '/audit', label: 'Audit', permission: 'audit:read', domain: EVERYWHERE, Icon: AuditIcon },
] as const;

/** The places this session may go to. */
export function Navigation({ onGo }: { onGo: () => void }) {
  const session = useSuspenseQuery(sessionQuery).data;
  const places = PLACES.filter((place) =>
    holds(session, place.permission, 'domain' in place ? place.domain : undefined),
  );
  return (
    <nav aria-label="Main" className={classes.nav}>
      <ul>
        {places.map(({ to, label, Icon }) => (
          <li key={to}>
            <Link to={to} className={classes.navLink} onClick={onGo}>
              <Icon />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

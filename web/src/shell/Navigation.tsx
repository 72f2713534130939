import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries';
import { AuditIcon, ContractsIcon, PoliciesIcon, ProductsIcon, QualityIcon } from './icons';
import classes from './Shell.module.css';

const PLACES = [
  { to: '/products', label: 'Products', permission: 'products:read', Icon: ProductsIcon },
  { to: '/contracts', label: 'Contracts', permission: 'contracts:read', Icon: ContractsIcon },
  { to: '/policies', label: 'Policies', permission: 'policies:read', Icon: PoliciesIcon },
  { to: '/quality', label: 'Quality', permission: 'quality:read', Icon: QualityIcon },
  { to: '/audit', label: 'Audit', permission: 'audit:read', Icon: AuditIcon },
] as const;

/** The places this session may go to. */
export function Navigation({ onGo }: { onGo: () => void }) {
  const { permissions } = useSuspenseQuery(sessionQuery).data;
  return (
    <nav aria-label="Main" className={classes.nav}>
      <ul>
        {PLACES.filter((place) => permissions.includes(place.permission)).map(({ to, label, Icon }) => (
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

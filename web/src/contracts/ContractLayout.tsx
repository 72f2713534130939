import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { contractQuery, sessionQuery } from '../api/queries';
import type { Contract } from '../api/types';
import { holds } from '../session/permissions';
import { Badge } from '../ui/Badge';
import { Facts } from '../ui/Facts';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ZoneName } from '../ui/ZoneName';
import classes from './contracts.module.css';

const route = getRouteApi('/signed-in/contracts/$id');

const TABS = [
  { to: '/contracts/$id', label: 'Schema', exact: true },
  { to: '/contracts/$id/slas', label: 'SLAs', exact: false },
  { to: '/contracts/$id/servers', label: 'Servers', exact: false },
  { to: '/contracts/$id/versions', label: 'Versions', exact: false },
  { to: '/contracts/$id/access', label: 'Who sees what', exact: false, permission: 'policies:read' },
] as const;

/** A contract's heading and tabs; the tab's page is below. */
export default function ContractLayout() {
  const { id } = route.useParams();
  const { version } = route.useSearch();
  const contract = useQuery(contractQuery(id));
  const session = useSuspenseQuery(sessionQuery).data;
  const tabs = TABS.filter(
    (tab) => !('permission' in tab) || holds(session, tab.permission, contract.data?.domain),
  );
  return (
    <Page
      title={contract.data?.name ?? id}
      crumb={<Link to="/contracts">Contracts</Link>}
      lead={contract.data && <Lead contract={contract.data} />}
    >
      <nav aria-label="Contract" className={classes.tabs}>
        {tabs.map((tab) => (
          <Link
            key={tab.to}
            to={tab.to}
            params={{ id }}
            search={version ? { version } : {}}
            activeOptions={{ exact: tab.exact, includeSearch: false }}
            className={classes.tab}
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      <Loaded query={contract}>{() => <Outlet />}</Loaded>
    </Page>
  );
}

function Lead({ contract }: { contract: Contract }) {
  return (
    <Facts>
      <ZoneName name={contract.id} zone={contract.domain} />
      {contract.active_version ? (
        <>
          <Badge tone="good">active</Badge>
          <code>{contract.active_version}</code>
        </>
      ) : (
        <Badge>no active version</Badge>
      )}
    </Facts>
  );
}

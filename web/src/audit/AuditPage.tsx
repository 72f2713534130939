import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { auditQuery } from '../api/queries';
import { DataTable } from '../ui/DataTable';
import { Empty } from '../ui/Empty';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import classes from './audit.module.css';
import { auditColumns } from './audit-columns';

const route = getRouteApi('/signed-in/audit');

export default function AuditPage() {
  const { before } = route.useSearch();
  const entries = useQuery(auditQuery(before));
  return (
    <Page
      title="Audit"
      lead="Everything that changed or was refused, each entry chained to the one before by its hash."
    >
      <Loaded query={entries}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <Empty title="No entries">Nothing has happened before this point.</Empty>
            ) : (
              <DataTable
                caption="Audit log"
                columns={auditColumns}
                rows={items}
                rowId={(entry) => String(entry.seq)}
              />
            )}
            <nav aria-label="Pages" className={classes.pages}>
              {before !== undefined && (
                <Link to="/audit" search={{}}>
                  Newest entries
                </Link>
              )}
              {next && (
                <Link to="/audit" search={{ before: next }}>
                  Earlier entries
                </Link>
              )}
            </nav>
          </>
        )}
      </Loaded>
    </Page>
  );
}

import { Button } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { contractQuery, itemsOf, versionsQuery } from '../../api/queries';
import type { Contract, ContractVersion } from '../../api/types';
import { Status } from '../../ui/Badge';
import { Choice } from '../../ui/Choice';
import type { Column } from '../../ui/DataTable';
import { Empty } from '../../ui/Empty';
import { Filters } from '../../ui/Filters';
import { Moment } from '../../ui/Moment';
import { PagedTable } from '../../ui/PagedTable';
import { ComparisonView } from './ComparisonView';

const route = getRouteApi('/signed-in/contracts/$id/versions');
const HASH_SHOWN = 12;

const columns: Column<ContractVersion>[] = [
  {
    id: 'version',
    header: 'Version',
    accessorFn: (entry) => entry.version,
    cell: ({ row }) => <code>{row.original.version}</code>,
  },
  {
    id: 'status',
    header: 'Status',
    accessorFn: (entry) => entry.status,
    cell: ({ row }) => <Status status={row.original.status} />,
  },
  {
    id: 'published',
    header: 'Published',
    accessorFn: (entry) => entry.published_at,
    cell: ({ row: { original: entry } }) => (
      <span>
        <Moment at={entry.published_at} /> <span className="muted">by {entry.published_by}</span>
      </span>
    ),
  },
  {
    id: 'hash',
    header: 'Content hash',
    enableSorting: false,
    cell: ({ row }) => <code title={row.original.hash}>{row.original.hash.slice(0, HASH_SHOWN)}</code>,
  },
];

/** The pair to compare where the address names none: the last two published; the list begins with the newest. */
function lastTwo({ versions }: Contract) {
  return { before: versions[1]?.version, after: versions[0]?.version };
}

export default function VersionsTab() {
  const { id } = route.useParams();
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const contract = useSuspenseQuery(contractQuery(id)).data;
  const versions = useInfiniteQuery(versionsQuery(id));
  const usual = lastTwo(contract);
  const before = asked.before ?? usual.before;
  const after = asked.after ?? usual.after;
  const compare = (pair: { before?: string; after?: string }) =>
    void navigate({ search: (old) => ({ ...old, before, after, ...pair }), replace: true });
  const listed = versions.data ? itemsOf(versions.data) : contract.versions;
  const options = listed.map((entry) => entry.version);
  return (
    <>
      <PagedTable
        caption="Versions"
        columns={columns}
        rowId={(entry) => entry.version}
        query={versions}
        empty={<Empty title="No versions">Nothing is published yet.</Empty>}
      />
      {before && after ? (
        <>
          <h2 style={{ margin: '1.5rem 0 0.6rem' }}>What changed</h2>
          <Filters>
            <Choice
              label="From"
              value={before}
              options={options}
              onChange={(from) => compare({ before: from })}
            />
            <Choice label="To" value={after} options={options} onChange={(to) => compare({ after: to })} />
            <div>
              <Button variant="default" size="sm" onClick={() => compare({ before: after, after: before })}>
                Swap
              </Button>
            </div>
          </Filters>
          <ComparisonView id={id} before={before} after={after} />
        </>
      ) : (
        <p className="muted" style={{ marginTop: '1rem' }}>
          This is the first version: there is nothing to compare it with.
        </p>
      )}
    </>
  );
}

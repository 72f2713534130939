import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { policiesQuery } from '../api/queries';
import type { PolicySummary } from '../api/types';
import { Badge } from '../ui/Badge';
import type { Column } from '../ui/DataTable';
import { Empty } from '../ui/Empty';
import { Moment } from '../ui/Moment';
import { Page } from '../ui/Page';
import { PagedTable } from '../ui/PagedTable';
import { ZoneName } from '../ui/ZoneName';

const columns: Column<PolicySummary>[] = [
  {
    id: 'name',
    header: 'Policy',
    accessorFn: (policy) => policy.name,
    cell: ({ row: { original: policy } }) => (
      <Link to="/policies/$id" params={{ id: policy.id }}>
        <ZoneName name={policy.name} zone={policy.domain ?? 'everywhere'} />
      </Link>
    ),
  },
  {
    id: 'kind',
    header: 'Kind',
    accessorFn: (policy) => policy.kind,
    cell: ({ row }) => (
      <Badge tone={row.original.kind === 'Guardrail' ? 'warn' : 'plain'}>{row.original.kind}</Badge>
    ),
  },
  {
    id: 'updated',
    header: 'Updated',
    accessorFn: (policy) => policy.updated_at,
    cell: ({ row }) => <Moment at={row.original.updated_at} />,
  },
];

export default function PoliciesPage() {
  const policies = useInfiniteQuery(policiesQuery);
  return (
    <Page
      title="Policies"
      lead="Guardrails hold everywhere; a domain's policies speak about its own products."
    >
      <PagedTable
        caption="Policies"
        columns={columns}
        rowId={(policy) => policy.id}
        query={policies}
        empty={<Empty title="No policies yet">Without a grant nobody sees anything.</Empty>}
      />
    </Page>
  );
}

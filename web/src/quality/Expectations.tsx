import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { expectationsQuery } from '../api/queries';
import type { Expectation } from '../api/types';
import { Badge } from '../ui/Badge';
import type { Column } from '../ui/DataTable';
import { duration } from '../ui/duration';
import { Empty } from '../ui/Empty';
import { Moment } from '../ui/Moment';
import { PagedTable } from '../ui/PagedTable';

/** Met so far is not proof: without a measurement nothing is known, and nothing is green. */
function State({ expectation }: { expectation: Expectation }) {
  if (expectation.state === 'broken') return <Badge tone="bad">broken</Badge>;
  return expectation.proved_at ? <Badge tone="good">{expectation.state}</Badge> : <Badge>not measured</Badge>;
}

const columns: Column<Expectation>[] = [
  {
    id: 'contract',
    header: 'Contract',
    accessorFn: (expectation) => expectation.contract,
    cell: ({ row: { original: expectation } }) => (
      <Link to="/contracts/$id/slas" params={{ id: expectation.contract }} className="mono">
        {expectation.contract}
      </Link>
    ),
  },
  {
    id: 'promise',
    header: 'Promise',
    accessorFn: (expectation) => expectation.kind,
    cell: ({ row: { original: expectation } }) => (
      <>
        {expectation.kind} of <code>{expectation.column ?? expectation.object}</code>
      </>
    ),
  },
  {
    id: 'limit',
    header: 'Within',
    accessorFn: (expectation) => expectation.limit_seconds,
    cell: ({ row }) => duration(row.original.limit_seconds),
  },
  {
    id: 'state',
    header: 'State',
    accessorFn: (expectation) => expectation.state,
    cell: ({ row }) => <State expectation={row.original} />,
  },
  {
    id: 'proved',
    header: 'Proved until',
    accessorFn: (expectation) => expectation.proved_at ?? '',
    cell: ({ row }) => (row.original.proved_at ? <Moment at={row.original.proved_at} /> : 'not yet'),
  },
  {
    id: 'deadline',
    header: 'Deadline',
    accessorFn: (expectation) => expectation.deadline ?? '',
    cell: ({ row }) => (row.original.deadline ? <Moment at={row.original.deadline} /> : 'none'),
  },
];

export function Expectations() {
  const expectations = useInfiniteQuery(expectationsQuery);
  return (
    <PagedTable
      caption="Expectations"
      columns={columns}
      rowId={(expectation) => expectation.id}
      query={expectations}
      empty={<Empty title="No expectations">No active contract promises anything with a deadline.</Empty>}
    />
  );
}

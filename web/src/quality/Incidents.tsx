import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { incidentsQuery } from '../api/queries';
import type { Incident } from '../api/types';
import { Badge } from '../ui/Badge';
import type { Column } from '../ui/DataTable';
import { Empty } from '../ui/Empty';
import { Moment } from '../ui/Moment';
import { PagedTable } from '../ui/PagedTable';

const columns: Column<Incident>[] = [
  {
    id: 'state',
    header: 'State',
    accessorFn: (incident) => incident.state,
    cell: ({ row }) => (
      <Badge tone={row.original.state === 'open' ? 'bad' : 'good'}>{row.original.state}</Badge>
    ),
  },
  {
    id: 'contract',
    header: 'Contract',
    accessorFn: (incident) => incident.contract,
    cell: ({ row }) => (
      <Link to="/contracts/$id" params={{ id: row.original.contract }} className="mono">
        {row.original.contract}
      </Link>
    ),
  },
  {
    id: 'promise',
    header: 'Promise',
    accessorFn: (incident) => incident.kind,
    cell: ({ row: { original: incident } }) => (
      <>
        {incident.kind} of <code>{incident.object}</code>
      </>
    ),
  },
  {
    id: 'broken',
    header: 'Broken',
    accessorFn: (incident) => incident.broken_at,
    cell: ({ row }) => <Moment at={row.original.broken_at} />,
  },
  {
    id: 'opened',
    header: 'Noticed',
    accessorFn: (incident) => incident.opened_at,
    cell: ({ row }) => <Moment at={row.original.opened_at} />,
  },
  {
    id: 'resolved',
    header: 'Resolved',
    accessorFn: (incident) => incident.resolved_at ?? '',
    cell: ({ row }) => row.original.resolved_at && <Moment at={row.original.resolved_at} />,
  },
];

export function Incidents() {
  const incidents = useInfiniteQuery(incidentsQuery);
  return (
    <PagedTable
      caption="Incidents"
      columns={columns}
      rowId={(incident) => incident.id}
      query={incidents}
      empty={<Empty title="No incidents">Every promise with a deadline has been kept so far.</Empty>}
    />
  );
}

import { Link } from '@tanstack/react-router';
import type { ContractSummary } from '../api/types';
import { Status } from '../ui/Badge';
import type { Column } from '../ui/DataTable';
import { Moment } from '../ui/Moment';
import { ZoneName } from '../ui/ZoneName';
import classes from './contracts.module.css';

/** How contracts are listed. */
export const contractColumns: Column<ContractSummary>[] = [
  {
    id: 'name',
    accessorFn: (contract) => contract.name,
    header: 'Contract',
    cell: ({ row: { original: contract } }) => (
      <div>
        <Link to="/contracts/$id" params={{ id: contract.id }} className={classes.name}>
          {contract.name}
        </Link>
        <div>
          <ZoneName name={contract.id} zone={contract.domain} />
        </div>
      </div>
    ),
  },
  {
    id: 'status',
    accessorFn: (contract) => contract.status ?? '',
    header: 'Status',
    cell: ({ row }) => row.original.status && <Status status={row.original.status} />,
  },
  {
    id: 'active',
    accessorFn: (contract) => contract.active_version ?? '',
    header: 'Active version',
    cell: ({ row }) => <code>{row.original.active_version ?? 'none'}</code>,
  },
  {
    id: 'versions',
    accessorFn: (contract) => contract.versions,
    header: 'Versions',
    cell: ({ row }) => row.original.versions,
  },
  {
    id: 'updated',
    accessorFn: (contract) => contract.updated_at,
    header: 'Updated',
    cell: ({ row }) => <Moment at={row.original.updated_at} />,
  },
];

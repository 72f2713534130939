import type { AuditEntry } from '../api/types';
import { Badge } from '../ui/Badge';
import type { Column } from '../ui/DataTable';
import { Moment } from '../ui/Moment';
import classes from './audit.module.css';

const HASH_SHOWN = 10;

/** How the log is listed. */
export const auditColumns: Column<AuditEntry>[] = [
  { id: 'seq', header: 'No.', accessorFn: (entry) => entry.seq },
  {
    id: 'at',
    header: 'When',
    accessorFn: (entry) => entry.at,
    cell: ({ row }) => <Moment at={row.original.at} />,
  },
  { id: 'actor', header: 'Who', accessorFn: (entry) => entry.actor },
  {
    id: 'action',
    header: 'Action',
    accessorFn: (entry) => entry.action,
    cell: ({ row }) => <code>{row.original.action}</code>,
  },
  {
    id: 'subject',
    header: 'Subject',
    accessorFn: (entry) => entry.subject,
    cell: ({ row }) => <code className={classes.subject}>{row.original.subject}</code>,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    accessorFn: (entry) => entry.outcome,
    cell: ({ row: { original: entry } }) => (
      <Badge tone={entry.outcome === 'refused' ? 'bad' : 'good'}>{entry.outcome}</Badge>
    ),
  },
  {
    id: 'hash',
    header: 'Hash',
    enableSorting: false,
    cell: ({ row }) => <code title={row.original.hash}>{row.original.hash.slice(0, HASH_SHOWN)}</code>,
  },
];

import { Link } from '@tanstack/react-router';
import type { ProductSummary } from '../api/types';
import { Status, Tags } from '../ui/Badge';
import type { Column } from '../ui/DataTable';
import { Moment } from '../ui/Moment';
import { ZoneName } from '../ui/ZoneName';
import classes from './products.module.css';

/** How products are listed. */
export const productColumns: Column<ProductSummary>[] = [
  {
    id: 'name',
    accessorFn: (product) => product.name,
    header: 'Product',
    cell: ({ row: { original: product } }) => (
      <div>
        <Link to="/products/$id" params={{ id: product.id }} className={classes.name}>
          {product.name}
        </Link>
        <div>
          <ZoneName name={product.id} zone={product.domain} />
        </div>
      </div>
    ),
  },
  {
    id: 'purpose',
    enableSorting: false,
    header: 'Purpose',
    cell: ({ row: { original: product } }) => (
      <div className={classes.purpose}>
        {product.purpose}
        <div>
          <Tags tags={product.tags} />
        </div>
      </div>
    ),
  },
  {
    id: 'status',
    accessorFn: (product) => product.status,
    header: 'Status',
    cell: ({ row }) => <Status status={row.original.status} />,
  },
  {
    id: 'version',
    accessorFn: (product) => product.version,
    header: 'Version',
    cell: ({ row }) => <code>{row.original.version}</code>,
  },
  {
    id: 'updated',
    accessorFn: (product) => product.updated_at,
    header: 'Updated',
    cell: ({ row }) => <Moment at={row.original.updated_at} />,
  },
];

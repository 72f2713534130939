import type { ContractView } from '../api/types';
import { type Column, DataTable } from '../ui/DataTable';
import { Empty } from '../ui/Empty';
import { Filters } from '../ui/Filters';
import { Loaded } from '../ui/Loaded';
import { useContractView } from './use-contract-view';
import { VersionChoice } from './VersionChoice';

type Sla = ContractView['sla'][number];

const columns: Column<Sla>[] = [
  { id: 'property', accessorFn: (sla) => sla.property, header: 'Promise' },
  {
    id: 'value',
    enableSorting: false,
    header: 'Value',
    cell: ({ row: { original: sla } }) => (
      <b>
        {String(sla.value)} {sla.unit}
      </b>
    ),
  },
  {
    id: 'element',
    accessorFn: (sla) => sla.element ?? '',
    header: 'About',
    cell: ({ row }) => row.original.element && <code>{row.original.element}</code>,
  },
  { id: 'driver', accessorFn: (sla) => sla.driver ?? '', header: 'For the sake of' },
];

export default function SlasTab() {
  const view = useContractView();
  return (
    <>
      <Filters>
        <VersionChoice />
      </Filters>
      <Loaded query={view}>
        {({ sla }) =>
          sla.length === 0 ? (
            <Empty title="No promises of service">This version states no SLA properties.</Empty>
          ) : (
            <DataTable
              caption="Service levels promised"
              columns={columns}
              rows={sla}
              rowId={(entry) => [entry.property, entry.element, entry.driver, entry.value].join(' ')}
            />
          )
        }
      </Loaded>
    </>
  );
}

import type { ContractView } from '../api/types';
import { type Column, DataTable } from '../ui/DataTable';
import { Empty } from '../ui/Empty';
import { Filters } from '../ui/Filters';
import { Loaded } from '../ui/Loaded';
import { Panel } from '../ui/Panel';
import { WebLink } from '../ui/WebLink';
import { useContractView } from './use-contract-view';
import { VersionChoice } from './VersionChoice';

type Server = ContractView['servers'][number];

const columns: Column<Server>[] = [
  {
    id: 'name',
    accessorFn: (server) => server.name,
    header: 'Server',
    cell: ({ row }) => <code>{row.original.name}</code>,
  },
  { id: 'type', accessorFn: (server) => server.type, header: 'Type' },
  {
    id: 'schema',
    accessorFn: (server) => server.schema ?? '',
    header: 'Schema',
    cell: ({ row }) => row.original.schema && <code>{row.original.schema}</code>,
  },
  { id: 'region', accessorFn: (server) => server.region ?? '', header: 'Region' },
];

export default function ServersTab() {
  const view = useContractView();
  return (
    <>
      <Filters>
        <VersionChoice />
      </Filters>
      <Loaded query={view}>
        {({ servers, owners, support }) => (
          <>
            {servers.length === 0 ? (
              <Empty title="No servers">This version does not say where the data is.</Empty>
            ) : (
              <DataTable
                caption="Where the data is"
                columns={columns}
                rows={servers}
                rowId={(server) => server.name}
              />
            )}
            <Panel title="People">
              <ul>
                {owners.map((owner) => (
                  <li key={owner.username}>
                    {owner.name ?? owner.username} <span className="muted">{owner.role}</span>
                  </li>
                ))}
                {support.map(({ channel, url }) => (
                  <li key={channel}>
                    {channel}: {url && <WebLink to={url}>{url}</WebLink>}
                  </li>
                ))}
              </ul>
            </Panel>
          </>
        )}
      </Loaded>
    </>
  );
}

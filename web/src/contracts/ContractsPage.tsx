import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { contractsQuery, domainsQuery } from '../api/queries';
import { Choice } from '../ui/Choice';
import { Empty } from '../ui/Empty';
import { Filters } from '../ui/Filters';
import { Page } from '../ui/Page';
import { PagedTable } from '../ui/PagedTable';
import { SearchField } from '../ui/SearchField';
import { useSearchText } from '../ui/use-search-text';
import { contractColumns } from './contract-columns';

const route = getRouteApi('/signed-in/contracts');

export default function ContractsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const domains = useQuery(domainsQuery);
  const contracts = useInfiniteQuery(contractsQuery(filter));
  const narrow = (change: typeof filter) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const search = useSearchText(filter.q, (q) => narrow({ q: q || undefined }));
  return (
    <Page title="Contracts" lead="Every promise about a table or a stream, and all its versions.">
      <Filters>
        <SearchField label="Search" placeholder="Name or id" {...search} />
        <Choice
          label="Domain"
          any="All domains"
          value={filter.domain}
          options={domains.data?.items.map((domain) => domain.name) ?? []}
          onChange={(domain) => narrow({ domain })}
        />
      </Filters>
      <PagedTable
        caption="Data contracts"
        columns={contractColumns}
        rowId={(contract) => contract.id}
        query={contracts}
        empty={
          filter.q || filter.domain ? (
            <Empty title="No contract matches">Try fewer words, or another domain.</Empty>
          ) : (
            <Empty title="No contracts yet">
              Publish one with <code>POST /v1/contracts/{'{id}'}/versions</code>.
            </Empty>
          )
        }
      />
    </Page>
  );
}

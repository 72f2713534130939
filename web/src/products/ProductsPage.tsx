import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { domainsQuery, productsQuery } from '../api/queries';
import { Choice } from '../ui/Choice';
import { Empty } from '../ui/Empty';
import { Filters } from '../ui/Filters';
import { Page } from '../ui/Page';
import { PagedTable } from '../ui/PagedTable';
import { SearchField } from '../ui/SearchField';
import { useSearchText } from '../ui/use-search-text';
import { productColumns } from './product-columns';

const route = getRouteApi('/signed-in/products');
const STATUSES = ['proposed', 'draft', 'active', 'deprecated', 'retired'];

export default function ProductsPage() {
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const wanted = useLocation({ select: (location) => location.hash === 'search' });
  const domains = useQuery(domainsQuery);
  const products = useInfiniteQuery(productsQuery(filter));
  const narrow = (change: typeof filter) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const search = useSearchText(filter.q, (q) => narrow({ q: q || undefined }));
  return (
    <Page title="Products" lead="What the domains offer, and under which promises.">
      <Filters>
        <SearchField
          label="Search"
          placeholder="Name, purpose, tag or column"
          autoFocus={wanted}
          {...search}
        />
        <Choice
          label="Domain"
          any="All domains"
          value={filter.domain}
          options={domains.data?.items.map((domain) => domain.name) ?? []}
          onChange={(domain) => narrow({ domain })}
        />
        <Choice
          label="Status"
          any="Any status"
          value={filter.status}
          options={STATUSES}
          onChange={(status) => narrow({ status })}
        />
      </Filters>
      <PagedTable
        caption="Data products"
        columns={productColumns}
        rowId={(product) => product.id}
        query={products}
        empty={<NoProducts narrowed={Object.values(filter).some(Boolean)} />}
      />
    </Page>
  );
}

function NoProducts({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <Empty title="No product matches">Try fewer words, or another domain or status.</Empty>
  ) : (
    <Empty title="No products yet">
      Register one with <code>POST /v1/products</code>, or start the server with <code>--seed</code>.
    </Empty>
  );
}

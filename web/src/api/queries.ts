// What pages ask the server for, each question with its cache key.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client, unwrap } from './client';
import type { ContractView, SignIn } from './types';

const PAGE = 50;
const VIEW = 'application/vnd.zonecut.contract+json';

interface Page<T> {
  items: T[];
  next?: string | null;
}

const pages = {
  initialPageParam: '',
  getNextPageParam: (page: { next?: string | null }) => page.next ?? undefined,
};

/** The items of all pages fetched so far. */
export function itemsOf<T>(data: { pages: Page<T>[] }): T[] {
  return data.pages.flatMap((page) => page.items);
}

/** Leaves out what was not asked for, so that the address carries no empty parameters. */
function stated<T extends Record<string, string | number | undefined>>(query: T): T {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== '' && value !== undefined),
  ) as T;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => unwrap(client.GET('/v1/session')),
  staleTime: 5 * 60_000,
  retry: false,
});

export const signIn = (body: SignIn) => unwrap(client.POST('/v1/session', { body }));
export const signOut = () => unwrap(client.DELETE('/v1/session'));

export const domainsQuery = queryOptions({
  queryKey: ['domains'],
  queryFn: () => unwrap(client.GET('/v1/domains')),
  staleTime: 60_000,
});

export interface ProductFilter {
  q?: string;
  domain?: string;
  status?: string;
}

export const productsQuery = (filter: ProductFilter) =>
  infiniteQueryOptions({
    queryKey: ['products', filter],
    queryFn: ({ pageParam }) =>
      unwrap(
        client.GET('/v1/products', {
          params: { query: stated({ ...filter, limit: PAGE, cursor: pageParam }) },
        }),
      ),
    placeholderData: keepPreviousData,
    ...pages,
  });

export const productQuery = (id: string) =>
  queryOptions({
    queryKey: ['product', id],
    queryFn: () => unwrap(client.GET('/v1/products/{id}', { params: { path: { id } } })),
  });

export const consumersQuery = (id: string) =>
  queryOptions({
    queryKey: ['product', id, 'consumers'],
    queryFn: () => unwrap(client.GET('/v1/products/{id}/consumers', { params: { path: { id } } })),
  });

export const lineageQuery = (product: string) =>
  queryOptions({
    queryKey: ['lineage', product],
    queryFn: () => unwrap(client.GET('/v1/lineage', { params: { query: { product, depth: 3 } } })),
  });

export const contractsQuery = (filter: { q?: string; domain?: string }) =>
  infiniteQueryOptions({
    queryKey: ['contracts', filter],
    queryFn: ({ pageParam }) =>
      unwrap(
        client.GET('/v1/contracts', {
          params: { query: stated({ ...filter, limit: PAGE, cursor: pageParam }) },
        }),
      ),
    placeholderData: keepPreviousData,
    ...pages,
  });

export const contractQuery = (id: string) =>
  queryOptions({
    queryKey: ['contract', id],
    queryFn: () => unwrap(client.GET('/v1/contracts/{id}', { params: { path: { id } } })),
  });

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['contract', id, 'versions'],
    queryFn: ({ pageParam }) =>
      unwrap(
        client.GET('/v1/contracts/{id}/versions', {
          params: { path: { id }, query: stated({ limit: PAGE, cursor: pageParam }) },
        }),
      ),
    ...pages,
  });

export const contractViewQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: ['contract', id, 'view', version],
    queryFn: async () => {
      const document = await unwrap(
        client.GET('/v1/contracts/{id}/versions/{version}', {
          params: { path: { id, version } },
          headers: { Accept: VIEW },
        }),
      );
      // The address serves the document in three forms; the header says which.
      return document as ContractView;
    },
    // A published version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });

export const comparisonQuery = (id: string, before: string, after: string) =>
  queryOptions({
    queryKey: ['contract', id, 'comparison', before, after],
    queryFn: () =>
      unwrap(
        client.GET('/v1/contracts/{id}/comparison', { params: { path: { id }, query: { before, after } } }),
      ),
  });

export const accessQuery = (id: string, context: { purpose?: string; engine?: string }) =>
  queryOptions({
    queryKey: ['contract', id, 'access', context],
    queryFn: () =>
      unwrap(client.GET('/v1/contracts/{id}/access', { params: { path: { id }, query: stated(context) } })),
    placeholderData: keepPreviousData,
  });

export const policiesQuery = infiniteQueryOptions({
  queryKey: ['policies'],
  queryFn: ({ pageParam }) =>
    unwrap(client.GET('/v1/policies', { params: { query: stated({ limit: PAGE, cursor: pageParam }) } })),
  ...pages,
});

export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: ['policy', id],
    queryFn: () => unwrap(client.GET('/v1/policies/{id}', { params: { path: { id } } })),
  });

export const incidentsQuery = infiniteQueryOptions({
  queryKey: ['incidents'],
  queryFn: ({ pageParam }) =>
    unwrap(client.GET('/v1/incidents', { params: { query: stated({ limit: PAGE, cursor: pageParam }) } })),
  refetchInterval: 15_000,
  ...pages,
});

export const expectationsQuery = infiniteQueryOptions({
  queryKey: ['expectations'],
  queryFn: ({ pageParam }) =>
    unwrap(client.GET('/v1/expectations', { params: { query: stated({ limit: PAGE, cursor: pageParam }) } })),
  refetchInterval: 15_000,
  ...pages,
});

/** Entries from the newest on, or from those before the one with the number `before`. */
export const auditQuery = (before: number | undefined) =>
  queryOptions({
    queryKey: ['audit', before],
    queryFn: () =>
      unwrap(
        client.GET('/v1/audit', {
          params: { query: { order: 'desc', ...stated({ before, limit: PAGE }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

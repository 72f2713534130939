// Every address of the admin UI, on one screen. Each page is a chunk of its own.

import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { asProblem } from './api/problem';
import { sessionQuery } from './api/queries';
import * as search from './search-params';
import { RouteFailed, RouteMissing, RoutePending, ShellFailed } from './shell/fallbacks';
import { Shell } from './shell/Shell';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()();

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: search.signIn,
  component: lazyRouteComponent(() => import('./session/SignInPage')),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  errorComponent: ShellFailed,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (asProblem(error).remedy !== 'sign-in') throw error;
      throw redirect({ to: '/sign-in', search: { next: location.href } });
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/products', replace: true });
  },
});

const products = createRoute({
  getParentRoute: () => signedIn,
  path: '/products',
  validateSearch: search.products,
  component: lazyRouteComponent(() => import('./products/ProductsPage')),
});

const product = createRoute({
  getParentRoute: () => signedIn,
  path: '/products/$id',
  component: lazyRouteComponent(() => import('./products/ProductPage')),
});

const contracts = createRoute({
  getParentRoute: () => signedIn,
  path: '/contracts',
  validateSearch: search.contracts,
  component: lazyRouteComponent(() => import('./contracts/ContractsPage')),
});

const contract = createRoute({
  getParentRoute: () => signedIn,
  path: '/contracts/$id',
  validateSearch: search.contract,
  component: lazyRouteComponent(() => import('./contracts/ContractLayout')),
});

const schema = createRoute({
  getParentRoute: () => contract,
  path: '/',
  component: lazyRouteComponent(() => import('./contracts/schema/SchemaTab')),
});

const promises = createRoute({
  getParentRoute: () => contract,
  path: '/slas',
  component: lazyRouteComponent(() => import('./contracts/SlasTab')),
});

const servers = createRoute({
  getParentRoute: () => contract,
  path: '/servers',
  component: lazyRouteComponent(() => import('./contracts/ServersTab')),
});

const versions = createRoute({
  getParentRoute: () => contract,
  path: '/versions',
  validateSearch: search.versions,
  component: lazyRouteComponent(() => import('./contracts/versions/VersionsTab')),
});

const access = createRoute({
  getParentRoute: () => contract,
  path: '/access',
  validateSearch: search.access,
  component: lazyRouteComponent(() => import('./contracts/access/AccessTab')),
});

const policies = createRoute({
  getParentRoute: () => signedIn,
  path: '/policies',
  component: lazyRouteComponent(() => import('./policies/PoliciesPage')),
});

const policy = createRoute({
  getParentRoute: () => signedIn,
  path: '/policies/$id',
  component: lazyRouteComponent(() => import('./policies/PolicyPage')),
});

const quality = createRoute({
  getParentRoute: () => signedIn,
  path: '/quality',
  validateSearch: search.quality,
  component: lazyRouteComponent(() => import('./quality/QualityPage')),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  validateSearch: search.audit,
  component: lazyRouteComponent(() => import('./audit/AuditPage')),
});

// Inside the frame, so that whoever lost the way still has the menu.
const elsewhere = createRoute({
  getParentRoute: () => signedIn,
  path: '$',
  component: RouteMissing,
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    home,
    products,
    product,
    contracts,
    contract.addChildren([schema, promises, servers, versions, access]),
    policies,
    policy,
    quality,
    audit,
    elsewhere,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultNotFoundComponent: RouteMissing,
    defaultErrorComponent: RouteFailed,
    defaultPendingComponent: RoutePending,
  });
}

type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}

/** To the sign-in page, and back to where we are once that is done. */
export function signInAgain(router: AppRouter): void {
  const { pathname, href } = router.state.location;
  if (pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: href } });
}

// How answers are kept and what happens when one is refused.

import { QueryCache, QueryClient } from '@tanstack/react-query';
import { asProblem, type Problem } from './api/problem';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem;
  }
}

const RETRIES = 2;

/** `onSignedOut` is called when the server says that the session is over. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // The session's own question is asked by the router, which redirects by itself.
        if (query.queryKey[0] !== 'session' && asProblem(error).remedy === 'sign-in') onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // Asking again helps only where the server might have changed its mind.
        retry: (count, error) => count < RETRIES && error.remedy === 'retry',
        retryDelay: (count, error) => (error.retryAfter ?? 2 ** count * 0.4) * 1000,
      },
    },
  });
}

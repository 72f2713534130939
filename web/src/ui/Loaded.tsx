import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from './ProblemNotice';
import { Waiting } from './Waiting';

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  children: (data: T) => ReactNode;
}

/** A question's answer, or what stands in its place until there is one. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.error) return <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Waiting />;
  return children(query.data);
}

import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { itemsOf } from '../api/queries';
import { type Column, DataTable } from './DataTable';
import { Loaded } from './Loaded';
import classes from './PagedTable.module.css';

interface PagedTableProps<T extends RowData> {
  caption: string;
  columns: Column<T>[];
  rowId: (row: T) => string;
  query: UseInfiniteQueryResult<InfiniteData<{ items: T[]; next?: string | null }>>;
  /** What to say when there is no row. */
  empty: ReactNode;
}

/** A list of the server's, page after page. */
export function PagedTable<T extends RowData>({ caption, columns, rowId, query, empty }: PagedTableProps<T>) {
  return (
    <Loaded query={query}>
      {(data) => {
        const rows = itemsOf(data);
        if (rows.length === 0) return empty;
        return (
          <div aria-busy={query.isPlaceholderData} className={classes.list}>
            <DataTable caption={caption} columns={columns} rows={rows} rowId={rowId} />
            {query.hasNextPage && (
              <Button
                variant="default"
                size="xs"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

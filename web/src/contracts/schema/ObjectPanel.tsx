import { useMemo } from 'react';
import type { ObjectView } from '../../api/types';
import { Empty } from '../../ui/Empty';
import { Panel } from '../../ui/Panel';
import { ColumnTable } from './ColumnTable';
import { narrowed, treeOf } from './tree';

/** One object of a contract: what it is, and its columns that pass the filter. */
export function ObjectPanel({ object, filter }: { object: ObjectView; filter: string }) {
  const tree = useMemo(() => treeOf(object.columns), [object.columns]);
  const shown = useMemo(() => narrowed(tree, filter), [tree, filter]);
  return (
    <Panel
      title={object.name}
      aside={
        <span className="muted">
          {object.physical_name && <code>{object.physical_name}</code>} {object.columns.length} columns
        </span>
      }
    >
      {object.description && <p className="muted">{object.description}</p>}
      {shown.length === 0 ? (
        <Empty title="No column matches">Try fewer words.</Empty>
      ) : (
        <ColumnTable name={object.name} nodes={shown} />
      )}
    </Panel>
  );
}

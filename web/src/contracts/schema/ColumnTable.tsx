import { createExpandedRowModel, rowExpandingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { Classification, Tags } from '../../ui/Badge';
import { ColumnName } from './ColumnName';
import classes from './schema.module.css';
import type { ColumnNode } from './tree';

const features = tableFeatures({ rowExpandingFeature, expandedRowModel: createExpandedRowModel() });

const HEADINGS = ['Column', 'Type', 'Class', 'Meaning', 'Description'];

/** Columns as a tree: containers can be folded. */
export function ColumnTable({ name, nodes }: { name: string; nodes: ColumnNode[] }) {
  const table = useTable({
    features,
    columns: [],
    data: nodes,
    getRowId: (node) => node.column.path,
    getSubRows: (node) => node.children,
    initialState: { expanded: true },
  });
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="visually-hidden">Columns of {name}</caption>
        <thead>
          <tr>
            {HEADINGS.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => {
            const { column } = row.original;
            return (
              <tr key={row.id}>
                <th scope="row" style={{ paddingLeft: `${0.5 + row.depth * 1.25}rem` }}>
                  <ColumnName
                    column={column}
                    folded={row.getCanExpand() ? !row.getIsExpanded() : null}
                    onFold={() => row.toggleExpanded()}
                  />
                </th>
                <td>
                  <span className="mono">{column.logical_type}</span>
                  {column.physical_type && <div className={classes.physical}>{column.physical_type}</div>}
                </td>
                <td>{column.classification && <Classification name={column.classification} />}</td>
                <td>
                  {column.semantic_type && <code>{column.semantic_type}</code>} <Tags tags={column.tags} />
                </td>
                <td className={classes.description}>{column.description}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

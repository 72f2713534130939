// From a contract's flat list of columns to the tree they stand in.

import type { ColumnView } from '../../api/types';

export interface ColumnNode {
  column: ColumnView;
  children: ColumnNode[];
}

/** The paths a column may hang from, nearest first: `a[].b` from `a[]`, `a`. */
function parentPaths(path: string): string[] {
  const paths: string[] = [];
  let rest = path;
  while (rest !== '') {
    rest = rest.endsWith('[]') ? rest.slice(0, -2) : rest.slice(0, Math.max(0, rest.lastIndexOf('.')));
    if (rest !== '') paths.push(rest);
  }
  return paths;
}

/** Hangs every column under its nearest listed parent, in the order of the document. */
export function treeOf(columns: readonly ColumnView[]): ColumnNode[] {
  const nodes = new Map(
    columns.map((column): [string, ColumnNode] => [column.path, { column, children: [] }]),
  );
  const roots: ColumnNode[] = [];
  for (const [path, node] of nodes) {
    const parent = parentPaths(path).find((candidate) => nodes.has(candidate));
    const siblings = parent === undefined ? roots : (nodes.get(parent)?.children ?? roots);
    siblings.push(node);
  }
  return roots;
}

function matches(column: ColumnView, word: string): boolean {
  const texts = [
    column.path,
    column.logical_type,
    column.physical_type,
    column.classification,
    column.semantic_type,
    column.description,
    ...column.tags,
  ];
  return texts.some((text) => text?.toLowerCase().includes(word));
}

/** The nodes in which every word is found, with the parents that lead to them. */
export function narrowed(nodes: readonly ColumnNode[], text: string): ColumnNode[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...nodes];
  return nodes.flatMap((node) => {
    if (words.every((word) => matches(node.column, word))) return [node];
    const children = narrowed(node.children, text);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

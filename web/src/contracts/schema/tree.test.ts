import { describe, expect, it } from 'vitest';
import type { ColumnView } from '../../api/types';
import { type ColumnNode, narrowed, treeOf } from './tree';

function column(path: string, part: Partial<ColumnView> = {}): ColumnView {
  return {
    path,
    name: path,
    logical_type: 'string',
    physical_type: null,
    required: false,
    unique: false,
    primary_key: false,
    classification: null,
    tags: [],
    semantic_type: null,
    description: null,
    ...part,
  };
}

const shape = (nodes: ColumnNode[]): unknown =>
  nodes.map((node) =>
    node.children.length > 0 ? [node.column.path, shape(node.children)] : node.column.path,
  );

const columns = [
  column('client_ip', { classification: 'confidential', tags: ['pii'], semantic_type: 'net.client_ip' }),
  column('answers', { logical_type: 'array' }),
  column('answers[].rdata', { semantic_type: 'dns.rdata' }),
  column('answers[].edns', { logical_type: 'object' }),
  column('answers[].edns.version'),
];

describe('treeOf', () => {
  it('hangs items and fields under their container', () => {
    expect(shape(treeOf(columns))).toEqual([
      'client_ip',
      ['answers', ['answers[].rdata', ['answers[].edns', ['answers[].edns.version']]]],
    ]);
  });

  it('keeps a field whose container is not listed', () => {
    expect(shape(treeOf([column('lost.child')]))).toEqual(['lost.child']);
  });
});

describe('narrowed', () => {
  const tree = treeOf(columns);

  it('shows the way to a match', () => {
    expect(shape(narrowed(tree, 'rdata'))).toEqual([['answers', ['answers[].rdata']]]);
  });

  it('finds by class, tag and semantic type, all words together', () => {
    expect(shape(narrowed(tree, 'PII confidential net.'))).toEqual(['client_ip']);
    expect(narrowed(tree, 'pii nothing')).toEqual([]);
  });

  it('is everything without words', () => {
    expect(narrowed(tree, '  ')).toEqual(tree);
  });
});

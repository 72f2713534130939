import { describe, expect, it } from 'vitest';
import type { LineageGraph, LineageNode } from '../api/types';
import { bareId, frameOf, joined } from './lineage-geometry';

const node = (id: string, x: number, y: number): LineageNode => ({ id, kind: 'product', label: id, x, y });

describe('the lineage picture', () => {
  it('holds every node whole', () => {
    const frame = frameOf([node('a', 0, -40), node('b', 240, 40)]);
    expect(frame).toEqual({ x: -104, y: -75, width: 448, height: 150 });
  });

  it('leaves out edges to nodes it does not have', () => {
    const graph: LineageGraph = {
      truncated: false,
      nodes: [node('a', 0, 0), node('b', 240, 0)],
      edges: [
        { from: 'a', to: 'b', kind: 'declared', last_seen: null },
        { from: 'b', to: 'elsewhere', kind: 'observed', last_seen: null },
      ],
    };
    expect(joined(graph).map(({ edge }) => edge.to)).toEqual(['b']);
  });

  it('knows a node by the id its page has', () => {
    expect(bareId(node('product:edge-cache', 0, 0))).toBe('edge-cache');
    expect(bareId(node('edge-cache', 0, 0))).toBe('edge-cache');
  });
});

// From the server's places (centres of nodes) to shapes in the picture.

import type { LineageGraph, LineageNode } from '../api/types';

export const NODE_WIDTH = 184;
export const NODE_HEIGHT = 46;
const MARGIN = 12;

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of the plane that holds every node. */
export function frameOf(nodes: readonly LineageNode[]): Frame {
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const x = Math.min(...xs) - NODE_WIDTH / 2 - MARGIN;
  const y = Math.min(...ys) - NODE_HEIGHT / 2 - MARGIN;
  return {
    x,
    y,
    width: Math.max(...xs) + NODE_WIDTH / 2 + MARGIN - x,
    height: Math.max(...ys) + NODE_HEIGHT / 2 + MARGIN - y,
  };
}

/** A curve from the right side of one node to the left side of another. */
export function curve(from: LineageNode, to: LineageNode): string {
  const start = from.x + NODE_WIDTH / 2;
  const end = to.x - NODE_WIDTH / 2;
  const bend = Math.max(24, Math.abs(end - start) / 2);
  return `M${start} ${from.y}C${start + bend} ${from.y} ${end - bend} ${to.y} ${end} ${to.y}`;
}

/** The edges whose both ends are in the picture, with the nodes they join. */
export function joined(graph: LineageGraph) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return graph.edges.flatMap((edge) => {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    return from && to ? [{ edge, from, to }] : [];
  });
}

/** What a node is called in addresses: its id without the kind that the graph puts before it. */
export function bareId(node: LineageNode): string {
  const prefix = `${node.kind}:`;
  return node.id.startsWith(prefix) ? node.id.slice(prefix.length) : node.id;
}

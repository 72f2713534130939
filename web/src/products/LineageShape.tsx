import { Link } from '@tanstack/react-router';
import type { LineageNode } from '../api/types';
import classes from './lineage.module.css';
import { bareId, NODE_HEIGHT, NODE_WIDTH } from './lineage-geometry';

const LABEL_LENGTH = 25;

function shortened(label: string): string {
  return label.length > LABEL_LENGTH ? `${label.slice(0, LABEL_LENGTH - 1)}…` : label;
}

/** One node of the picture; products and contracts lead to their pages. */
export function LineageShape({ node, current }: { node: LineageNode; current: boolean }) {
  const left = node.x - NODE_WIDTH / 2;
  const top = node.y - NODE_HEIGHT / 2;
  const shape = (
    <g data-kind={node.kind} data-current={current} className={classes.node}>
      <title>{`${node.kind} ${node.label}`}</title>
      <rect
        x={left}
        y={top}
        width={NODE_WIDTH}
        height={NODE_HEIGHT}
        rx={node.kind === 'job' ? NODE_HEIGHT / 2 : 4}
      />
      <text x={node.x} y={node.y - 5} className={classes.kind}>
        {node.kind}
      </text>
      <text x={node.x} y={node.y + 11} className={classes.label}>
        {shortened(node.label)}
      </text>
    </g>
  );
  if (node.kind === 'product') {
    return (
      <Link to="/products/$id" params={{ id: bareId(node) }} aria-current={current ? 'page' : undefined}>
        {shape}
      </Link>
    );
  }
  if (node.kind === 'contract') {
    return (
      <Link to="/contracts/$id" params={{ id: bareId(node) }}>
        {shape}
      </Link>
    );
  }
  return shape;
}

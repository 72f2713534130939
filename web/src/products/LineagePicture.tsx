import { useId } from 'react';
import type { LineageGraph } from '../api/types';
import { LineageShape } from './LineageShape';
import classes from './lineage.module.css';
import { bareId, curve, frameOf, joined } from './lineage-geometry';

/** The graph as the server laid it out. The list below it says the same in words. */
export function LineagePicture({ graph, current }: { graph: LineageGraph; current: string }) {
  const arrow = useId();
  const { x, y, width, height } = frameOf(graph.nodes);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable to be scrolled by keys
    <section className={classes.scroll} tabIndex={0} aria-label="Lineage picture">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset */}
      <svg
        viewBox={`${x} ${y} ${width} ${height}`}
        style={{ maxWidth: Math.max(width, 704) }}
        aria-label="Lineage"
        role="group"
      >
        <defs>
          <marker
            id={arrow}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" className={classes.arrow} />
          </marker>
        </defs>
        {joined(graph).map(({ edge, from, to }) => (
          <path
            key={`${edge.from} ${edge.to} ${edge.kind}`}
            d={curve(from, to)}
            className={classes.edge}
            data-kind={edge.kind}
            markerEnd={`url(#${arrow})`}
          />
        ))}
        {graph.nodes.map((node) => (
          <LineageShape
            key={node.id}
            node={node}
            current={node.kind === 'product' && bareId(node) === current}
          />
        ))}
      </svg>
    </section>
  );
}

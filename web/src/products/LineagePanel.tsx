import { useQuery } from '@tanstack/react-query';
import { lineageQuery } from '../api/queries';
import { Loaded } from '../ui/Loaded';
import { Panel } from '../ui/Panel';
import { LineageEdges } from './LineageEdges';
import { LineagePicture } from './LineagePicture';

/** Where a product's data comes from and where it goes. */
export function LineagePanel({ product }: { product: string }) {
  const lineage = useQuery(lineageQuery(product));
  return (
    <Panel title="Lineage">
      <Loaded query={lineage}>
        {(graph) =>
          graph.nodes.length === 0 ? (
            <p className="muted">Nothing is known about where its data comes from or goes.</p>
          ) : (
            <>
              <LineagePicture graph={graph} current={product} />
              {graph.truncated && <p className="muted">There is more than this picture holds.</p>}
              <LineageEdges graph={graph} />
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

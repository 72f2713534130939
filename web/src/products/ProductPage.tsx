import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { productQuery } from '../api/queries';
import type { Product } from '../api/types';
import { Status, Tags } from '../ui/Badge';
import { Facts } from '../ui/Facts';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ZoneName } from '../ui/ZoneName';
import { ConsumersPanel } from './ConsumersPanel';
import { LineagePanel } from './LineagePanel';
import { OwnersPanel } from './OwnersPanel';
import { PortsPanel } from './PortsPanel';
import classes from './products.module.css';

const route = getRouteApi('/signed-in/products/$id');

export default function ProductPage() {
  const { id } = route.useParams();
  const product = useQuery(productQuery(id));
  return (
    <Page
      title={product.data?.name ?? id}
      crumb={<Link to="/products">Products</Link>}
      lead={product.data && <Lead product={product.data} />}
    >
      <Loaded query={product}>
        {(found) => (
          <>
            <div className={classes.columns}>
              <PortsPanel title="Offers" ports={found.output_ports} none="No output ports." />
              <PortsPanel title="Reads" ports={found.input_ports} none="No input ports." />
              <OwnersPanel document={found.document} />
              <ConsumersPanel id={id} />
            </div>
            <LineagePanel product={id} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Lead({ product }: { product: Product }) {
  return (
    <>
      <Facts>
        <ZoneName name={product.id} zone={product.domain} />
        <Status status={product.status} />
        <code>{product.version}</code>
        <Tags tags={product.tags} />
      </Facts>
      {product.purpose && <p>{product.purpose}</p>}
    </>
  );
}

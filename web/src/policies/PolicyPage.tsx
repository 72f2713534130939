import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { policyQuery } from '../api/queries';
import { Badge } from '../ui/Badge';
import { Facts } from '../ui/Facts';
import { Loaded } from '../ui/Loaded';
import { Moment } from '../ui/Moment';
import { Page } from '../ui/Page';
import { SourceText } from '../ui/SourceText';
import { ZoneName } from '../ui/ZoneName';

const route = getRouteApi('/signed-in/policies/$id');

export default function PolicyPage() {
  const { id } = route.useParams();
  const policy = useQuery(policyQuery(id));
  return (
    <Page
      title={policy.data?.name ?? id}
      crumb={<Link to="/policies">Policies</Link>}
      lead={
        policy.data && (
          <Facts>
            <ZoneName name={policy.data.name} zone={policy.data.domain ?? 'everywhere'} />
            <Badge>{policy.data.kind}</Badge>{' '}
            <span>
              updated <Moment at={policy.data.updated_at} />
            </span>
          </Facts>
        )
      }
    >
      <Loaded query={policy}>
        {(found) => <SourceText label={`Text of ${found.name}`} text={found.document} />}
      </Loaded>
    </Page>
  );
}

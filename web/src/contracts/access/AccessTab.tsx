import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { accessQuery } from '../../api/queries';
import { Choice } from '../../ui/Choice';
import { Empty } from '../../ui/Empty';
import { Filters } from '../../ui/Filters';
import { Loaded } from '../../ui/Loaded';
import { Panel } from '../../ui/Panel';
import { Legend } from './Legend';
import { Matrix } from './Matrix';

const route = getRouteApi('/signed-in/contracts/$id/access');

export default function AccessTab() {
  const { id } = route.useParams();
  const context = route.useSearch();
  const navigate = route.useNavigate();
  const access = useQuery(accessQuery(id, context));
  const change = (part: typeof context) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true });
  return (
    <>
      <Filters>
        <Choice
          label="Purpose"
          any="Not stated"
          value={context.purpose}
          options={access.data?.purposes ?? []}
          onChange={(purpose) => change({ purpose })}
        />
        <Choice
          label="Engine"
          any="Not stated"
          value={context.engine}
          options={access.data?.engines ?? []}
          onChange={(engine) => change({ engine })}
        />
      </Filters>
      <Loaded query={access}>
        {({ objects, serial }) =>
          objects.length === 0 ? (
            <Empty title="Nothing to decide">
              The contract has no active version, so everybody is denied.
            </Empty>
          ) : (
            <div aria-busy={access.isPlaceholderData}>
              {objects.map((object) => (
                <Panel key={object.name} title={object.name} aside={<Legend serial={serial} />}>
                  {object.rows.length === 0 ? (
                    <Empty title="No roles">No role is defined, so everybody is denied.</Empty>
                  ) : (
                    <Matrix object={object} />
                  )}
                </Panel>
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}

import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { contractQuery } from '../api/queries';
import { Choice } from '../ui/Choice';
import { shownVersion } from './shown-version';

const route = getRouteApi('/signed-in/contracts/$id');

/** Which version's document the tab shows. */
export function VersionChoice() {
  const { id } = route.useParams();
  const { version } = route.useSearch();
  const navigate = useNavigate();
  const contract = useSuspenseQuery(contractQuery(id)).data;
  return (
    <Choice
      label="Version shown"
      value={shownVersion(contract, version)}
      options={contract.versions.map((entry) => entry.version)}
      onChange={(chosen) =>
        void navigate({ to: '.', search: (old) => ({ ...old, version: chosen }), replace: true })
      }
    />
  );
}

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { contractQuery, contractViewQuery } from '../api/queries';
import { shownVersion } from './shown-version';

const route = getRouteApi('/signed-in/contracts/$id');

/** The document behind the tabs: one version of the contract in the address. */
export function useContractView() {
  const { id } = route.useParams();
  const { version } = route.useSearch();
  const contract = useSuspenseQuery(contractQuery(id)).data;
  const shown = shownVersion(contract, version);
  return useQuery({ ...contractViewQuery(id, shown ?? ''), enabled: shown !== undefined });
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { comparisonQuery } from '../../api/queries';
import type { Comparison } from '../../api/types';
import { Loaded } from '../../ui/Loaded';
import { numbered } from './anchors';
import { FindingList } from './FindingList';
import { SourceDiff } from './SourceDiff';
import { VerdictBanner } from './VerdictBanner';

/** Two versions: the verdict, the findings, and both texts. */
export function ComparisonView({ id, before, after }: { id: string; before: string; after: string }) {
  const comparison = useQuery(comparisonQuery(id, before, after));
  return <Loaded query={comparison}>{(found) => <Compared comparison={found} />}</Loaded>;
}

function Compared({ comparison }: { comparison: Comparison }) {
  const contract = comparison.report.contracts[0];
  const marked = useMemo(() => numbered(contract?.findings ?? []), [contract]);
  return (
    <>
      {contract && <VerdictBanner contract={contract} publishable={comparison.report.publishable} />}
      <FindingList marked={marked} />
      <SourceDiff before={comparison.before} after={comparison.after} marked={marked} />
    </>
  );
}

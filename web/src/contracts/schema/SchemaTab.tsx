import { useState } from 'react';
import type { ContractView } from '../../api/types';
import { Empty } from '../../ui/Empty';
import { Filters } from '../../ui/Filters';
import { Loaded } from '../../ui/Loaded';
import { SearchField } from '../../ui/SearchField';
import { useContractView } from '../use-contract-view';
import { VersionChoice } from '../VersionChoice';
import { ObjectPanel } from './ObjectPanel';

export default function SchemaTab() {
  const view = useContractView();
  return <Loaded query={view}>{(contract) => <Schema contract={contract} />}</Loaded>;
}

function Schema({ contract }: { contract: ContractView }) {
  const [text, setText] = useState('');
  if (contract.objects.length === 0)
    return <Empty title="No schema">This version describes no object.</Empty>;
  return (
    <>
      <Filters>
        <SearchField
          label="Filter columns"
          placeholder="Name, type, class, semantic type, tag"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <VersionChoice />
      </Filters>
      {contract.objects.map((object) => (
        <ObjectPanel key={object.name} object={object} filter={text} />
      ))}
    </>
  );
}

// The keys of one client: which still open the door, until when and from where. An administrator revokes one here.

import { Panel } from '../parts/facts.tsx';
import { Loaded } from '../parts/loaded.tsx';
import type { Page } from '../parts/table.tsx';
import { pathWith } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useWords } from '../words/words.ts';
import type { Key } from './channel-shape.ts';
import { KeyTable } from './key-table.tsx';

export function KeysOf({ client, mayChange }: { client: string; mayChange: boolean }) {
  const { keys } = useWords();
  const read = useRead<Page<Key>>(pathWith('/v1/keys', { client }));
  return (
    <Panel title={keys.title}>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="hint">{keys.empty}</p>
          ) : (
            <KeyTable rows={items} mayChange={mayChange} again={read.again} />
          )
        }
      </Loaded>
    </Panel>
  );
}

// Keys as a table, with the way to revoke one. Their secrets are not known to anybody here.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { Button } from '../parts/button.tsx';
import { Code, Moment, State } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { call } from '../reach/call.ts';
import { fill } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { KEY_TONES, stateOfKey, type Key } from './channel-shape.ts';

interface KeyTableProps {
  rows: readonly Key[];
  mayChange: boolean;
  /** With the client of each. */
  isOfAll?: boolean;
  again: () => void;
}

export function KeyTable({ rows, mayChange, isOfAll = false, again }: KeyTableProps) {
  const { keys } = useWords();
  const [asked, setAsked] = useState<Key>();
  const columns = useColumns();
  const client: Column<Key> = { name: keys.client, show: ({ code }) => <Code of={code} /> };
  const revoke: Column<Key> = {
    name: keys.act,
    show: (key) =>
      stateOfKey(key) === 'valid' && (
        <Button kind="danger" aria-label={`${keys.revoke} ${key.keyId}`} onClick={() => setAsked(key)}>
          {keys.revoke}
        </Button>
      ),
  };
  return (
    <>
      <Table
        caption={keys.title}
        rows={rows}
        keyOf={({ keyId }) => keyId}
        columns={[...(isOfAll ? [client] : []), ...columns, ...(mayChange ? [revoke] : [])]}
      />
      {asked && (
        <Ask
          title={keys.revoke}
          verb={keys.revoke}
          isDangerous
          act={() => call({ method: 'POST', path: `/v1/keys/${encodeURIComponent(asked.keyId)}/revocation` })}
          close={(isDone) => {
            setAsked(undefined);
            if (isDone) again();
          }}
        >
          <p>{fill(keys.revokeWhat, { key: asked.keyId, client: asked.code })}</p>
        </Ask>
      )}
    </>
  );
}

function useColumns(): Column<Key>[] {
  const { common, keys } = useWords();
  return [
    {
      name: keys.key,
      show: ({ keyId, label }) => (
        <>
          <Code of={keyId} />
          {label !== '' && (
            <p class="hint">
              <bdi>{label}</bdi>
            </p>
          )}
        </>
      ),
    },
    { name: keys.algorithm, isMinor: true, show: ({ algorithm }) => <Code of={algorithm} /> },
    {
      name: keys.from,
      isMinor: true,
      show: ({ allowedIps }) =>
        allowedIps.length === 0 ? keys.anywhere : <Code of={allowedIps.join(', ')} />,
    },
    { name: keys.created, isMinor: true, show: ({ createdAt }) => <Moment of={createdAt} /> },
    {
      name: keys.ends,
      isMinor: true,
      show: ({ expiresAt, revokedAt }) => <Moment of={revokedAt ?? expiresAt} />,
    },
    {
      name: common.state,
      show: (key) => <State of={stateOfKey(key)} names={keys.states} tones={KEY_TONES} />,
    },
  ];
}

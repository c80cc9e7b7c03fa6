// The keys of all clients, filtered by client and state. For the operator's people.

import { Choice } from '../parts/field.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Head } from '../parts/head.tsx';
import { Blank, Loaded } from '../parts/loaded.tsx';
import type { Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useWords } from '../words/words.ts';
import { stateOfKey, type Key } from './channel-shape.ts';
import { KeyTable } from './key-table.tsx';

export default function KeysPage({ staff }: PageProps) {
  const { common, keys, places } = useWords();
  const { query } = useAddress();
  const client = query.get('client') ?? '';
  const state = query.get('state') ?? 'valid';
  const read = useRead<Page<Key>>('/v1/keys');
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  const isWanted = (key: Key): boolean =>
    (client === '' || key.code === client) && (state === 'all' || stateOfKey(key) === state);
  const clients = [...new Set((read.body?.items ?? []).map(({ code }) => code))].sort();
  return (
    <>
      <Head title={places.keys} under={keys.under}>
        <ExportList<Key>
          path="/v1/keys"
          fileName="keys.csv"
          columns={[
            [keys.key, ({ keyId }) => keyId],
            [keys.client, ({ code }) => code],
            [keys.label, ({ label }) => label],
            [keys.algorithm, ({ algorithm }) => algorithm],
            [keys.from, ({ allowedIps }) => allowedIps.join(' ')],
            [keys.created, ({ createdAt }) => createdAt],
            [keys.ends, ({ expiresAt, revokedAt }) => revokedAt ?? expiresAt],
            [common.state, (key) => keys.states[stateOfKey(key)]],
          ]}
        />
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={keys.client}
          value={client}
          onValue={(value) => choose({ client: value })}
          options={[['', common.all], ...clients.map((code) => [code, code] as const)]}
        />
        <Choice
          label={common.state}
          value={state}
          onValue={(value) => choose({ state: value })}
          options={[...Object.entries(keys.states), ['all', common.all]]}
        />
      </form>
      <Loaded read={read}>
        {({ items }) => {
          const wanted = items.filter(isWanted);
          return wanted.length === 0 ? (
            <Blank icon="key" title={keys.empty} />
          ) : (
            <KeyTable rows={wanted} isOfAll mayChange={staff.role === 'operator-admin'} again={read.again} />
          );
        }}
      </Loaded>
    </>
  );
}

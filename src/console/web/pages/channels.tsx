// Every channel: who may take money now, and what is left of each one's float or credit. For the operator's people.

import { ExportList } from '../parts/export-list.tsx';
import { Choice } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Blank, Loaded } from '../parts/loaded.tsx';
import { Amount, Code, State } from '../parts/shown.tsx';
import { Table, type Column, type Page } from '../parts/table.tsx';
import { go, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { nameIn } from '../words/name-in.ts';
import { useSpeech } from '../words/words.ts';
import { CHANNEL_TONES, type Channel } from './channel-shape.ts';

const EVERY_MS = 30_000;

export default function ChannelsPage() {
  const { words, language } = useSpeech();
  const { channels, common, places } = words;
  const { query } = useAddress();
  const state = query.get('state') ?? '';
  const kind = query.get('kind') ?? '';
  const read = useRead<Page<Channel>>('/v1/channels', { everyMs: EVERY_MS });
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  const columns = useColumns();
  const isWanted = (each: Channel): boolean =>
    (state === '' || each.status === state) && (kind === '' || each.kind === kind);
  return (
    <>
      <Head title={places.channels} under={channels.under}>
        <ExportList<Channel>
          path="/v1/channels"
          fileName="channels.csv"
          columns={[
            [channels.code, ({ code }) => code],
            [channels.name, ({ name, code }) => nameIn(name, language, code)],
            [channels.kind, (each) => wordFor(channels.kinds, each.kind)],
            [channels.funding, ({ funding }) => channels.fundings[funding]],
            [common.state, ({ status }) => channels.states[status]],
            [
              channels.available,
              ({ available }) => available.map(({ value, currency }) => `${value} ${currency}`).join('; '),
            ],
          ]}
        />
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={common.state}
          value={state}
          onValue={(value) => choose({ state: value })}
          options={[['', common.all], ...Object.entries(channels.states)]}
        />
        <Choice
          label={channels.kind}
          value={kind}
          onValue={(value) => choose({ kind: value })}
          options={[['', common.all], ...Object.entries(channels.kinds)]}
        />
      </form>
      <Loaded read={read}>
        {({ items }) => {
          const wanted = items.filter(isWanted);
          return wanted.length === 0 ? (
            <Blank icon="list" title={channels.empty} />
          ) : (
            <Table caption={places.channels} columns={columns} rows={wanted} keyOf={({ code }) => code} />
          );
        }}
      </Loaded>
    </>
  );
}

function useColumns(): Column<Channel>[] {
  const { words, language } = useSpeech();
  const { channels, common } = words;
  return [
    {
      name: channels.name,
      show: ({ code, name }) => (
        <Link to={`/console/channels/${encodeURIComponent(code)}`}>
          <bdi>{nameIn(name, language, code)}</bdi>
        </Link>
      ),
    },
    { name: channels.code, isMinor: true, show: ({ code }) => <Code of={code} /> },
    { name: channels.kind, isMinor: true, show: ({ kind }) => wordFor(channels.kinds, kind) },
    { name: channels.funding, isMinor: true, show: ({ funding }) => channels.fundings[funding] },
    {
      name: channels.available,
      isNumber: true,
      show: ({ available }) =>
        available.length === 0 ? (
          <span class="none">{channels.unlimited}</span>
        ) : (
          available.map((amount) => (
            <div key={amount.currency}>
              <Amount of={amount} />
            </div>
          ))
        ),
    },
    {
      name: common.state,
      show: ({ status }) => <State of={status} names={channels.states} tones={CHANNEL_TONES} />,
    },
  ];
}

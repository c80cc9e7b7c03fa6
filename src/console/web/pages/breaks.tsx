// The work list of breaks: what two sides do not say alike, the oldest first.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, Day, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { BREAK_TONES, type Break } from './break-shape.ts';

const EVERY_MS = 30_000;

export default function BreaksPage({ staff }: PageProps) {
  const { breaks, common, places } = useWords();
  const { query } = useAddress();
  const state = query.get('state') ?? 'open';
  const filters = {
    biller: query.get('biller'),
    state,
    kind: query.get('kind'),
    channel: query.get('channel'),
    from: query.get('from'),
    to: query.get('to'),
  };
  const read = useRead<Page<Break>>(
    pathWith('/v1/breaks', { ...filters, after: query.get('after'), limit: '50' }),
    {
      everyMs: EVERY_MS,
    },
  );
  return (
    <>
      <Head title={places.breaks} under={breaks.under}>
        <ExportList<Break>
          path={pathWith('/v1/breaks', { ...filters, limit: '1000' })}
          fileName="breaks.csv"
          columns={[
            ['breakId', ({ breakId }) => breakId],
            [breaks.kind, ({ kind }) => wordFor(breaks.kinds, kind)],
            [common.state, (each) => wordFor(breaks.states, each.state)],
            [common.amount, ({ amount }) => amount?.value],
            [breaks.currency, ({ amount }) => amount?.currency],
            [breaks.age, ({ days }) => String(days)],
            [breaks.channel, ({ channelCode }) => channelCode],
            [breaks.reference, ({ reference }) => reference],
          ]}
        />
      </Head>
      <Filters staff={staff} state={state} />
      <List
        caption={places.breaks}
        read={read}
        keyOf={({ breakId }) => breakId}
        columns={useColumns()}
        empty={breaks.empty}
      />
    </>
  );
}

function Filters({ staff, state }: Pick<PageProps, 'staff'> & { state: string }) {
  const { breaks, common } = useWords();
  const { query } = useAddress();
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <BillerChoice staff={staff} />
      <Choice
        label={common.state}
        value={state}
        onValue={(value) => choose({ state: value })}
        options={[...Object.entries(breaks.states), ['all', common.all]]}
      />
      <Choice
        label={breaks.kind}
        value={query.get('kind') ?? ''}
        onValue={(kind) => choose({ kind })}
        options={[['', common.all], ...Object.entries(breaks.kinds)]}
      />
      <Field
        label={common.from}
        type="date"
        value={query.get('from') ?? ''}
        onValue={(from) => choose({ from })}
      />
      <Field
        label={common.until}
        type="date"
        value={query.get('to') ?? ''}
        onValue={(to) => choose({ to })}
      />
    </form>
  );
}

function useColumns(): Column<Break>[] {
  const { breaks, common } = useWords();
  const { language } = useSpeech();
  return [
    {
      name: breaks.kind,
      show: ({ breakId, kind }) => (
        <Link to={`/console/breaks/${breakId}`}>{wordFor(breaks.kinds, kind)}</Link>
      ),
    },
    { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
    { name: breaks.age, isNumber: true, show: ({ days }) => showCount(days, language) },
    { name: breaks.channel, isMinor: true, show: ({ channelCode }) => <Code of={channelCode} /> },
    { name: breaks.businessDate, isMinor: true, show: ({ businessDate }) => <Day of={businessDate} /> },
    { name: breaks.reference, isMinor: true, show: ({ reference }) => <Code of={reference} /> },
    { name: breaks.owner, isMinor: true, show: ({ owner }) => <bdi>{owner?.name ?? '–'}</bdi> },
    {
      name: common.state,
      show: ({ state, approvalId }) => (
        <>
          <State of={state} names={breaks.states} tones={BREAK_TONES} />
          {state === 'open' && approvalId !== null && <p class="hint">{breaks.asked}</p>}
        </>
      ),
    },
  ];
}

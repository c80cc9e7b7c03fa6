// What a channel owes or has as float, by currency and by business date, and its statement of account: for its officer.

import { useState } from 'preact/hooks';
import { Facts, Panel } from '../parts/facts.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { Blank, Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Moment } from '../parts/shown.tsx';
import { List } from '../parts/table.tsx';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useSpeech, useWords } from '../words/words.ts';
import type { Position, PositionTotal } from './channel-shape.ts';
import { dayKey, usePositionColumns } from './position-columns.tsx';

const EVERY_MS = 30_000;

export default function PositionPage() {
  const { position, channels, common, places } = useWords();
  const { query } = useAddress();
  const [from, to] = [query.get('from'), query.get('to')];
  const read = useRead<Position>(
    pathWith('/v1/position', { from, to, after: query.get('after'), limit: '50' }),
    { everyMs: EVERY_MS },
  );
  const columns = usePositionColumns();
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <>
      <Head title={places.position} under={position.under} />
      <Loaded read={read}>
        {({ channelCode, funding, asOf, totals }) => (
          <>
            <p class="standing">
              <Code of={channelCode} /> · {channels.fundings[funding]} · <Moment of={asOf} />
            </p>
            {totals.length === 0 && <Blank icon="scale" title={position.nothing} />}
            <div class="panels">
              {totals.map((total) => (
                <Total key={total.currency} of={total} isPrefunded={funding === 'prefunded'} />
              ))}
            </div>
            <Statement today={asOf.slice(0, 10)} currencies={totals.map(({ currency }) => currency)} />
          </>
        )}
      </Loaded>
      <h2>{position.days}</h2>
      <p class="hint">{position.paidToo}</p>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Field
          label={common.from}
          type="date"
          value={from ?? ''}
          onValue={(value) => choose({ from: value })}
        />
        <Field label={common.until} type="date" value={to ?? ''} onValue={(value) => choose({ to: value })} />
      </form>
      <List caption={position.days} read={read} keyOf={dayKey} columns={columns} empty={position.empty} />
    </>
  );
}

function Total({ of, isPrefunded }: { of: PositionTotal; isPrefunded: boolean }) {
  const { position } = useWords();
  const fact = (name: string, value: PositionTotal['owed'] | null) =>
    [name, <Amount key={name} of={value} />] as const;
  return (
    <Panel title={of.currency}>
      <Facts
        of={[
          isPrefunded && fact(position.float, of.available),
          isPrefunded && fact(position.toppedUp, of.toppedUp),
          fact(position.owed, of.owed),
          fact(position.late, of.late),
          fact(position.due, of.due),
          fact(position.running, of.running),
          fact(position.toSetOff, of.toSetOff),
          fact(position.paidAhead, of.paidAhead),
          of.creditLimit !== null && fact(position.creditLimit, of.creditLimit),
          of.creditLimit !== null && !isPrefunded && fact(position.creditLeft, of.available),
        ]}
      />
    </Panel>
  );
}

/** Saved as a file; the language of the PDF is that of the page. */
function Statement({ today, currencies }: { today: string; currencies: readonly string[] }) {
  const { words, language } = useSpeech();
  const { position, channels, common } = words;
  const [from, setFrom] = useState(`${today.slice(0, 8)}01`);
  const [to, setTo] = useState(today);
  const [currency, setCurrency] = useState(currencies[0] ?? '');
  const isWhole = from !== '' && to !== '' && from <= to;
  return (
    <Panel title={position.statement}>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <Field label={common.from} type="date" value={from} onValue={setFrom} />
        <Field
          label={common.until}
          type="date"
          value={to}
          onValue={setTo}
          fault={isWhole ? undefined : position.noSpan}
        />
        {currencies.length > 1 && (
          <Choice
            label={channels.currency}
            value={currency}
            onValue={setCurrency}
            options={currencies.map((code) => [code, code] as const)}
          />
        )}
      </form>
      {isWhole && (
        <p class="actions">
          {(['pdf', 'csv'] as const).map((format) => (
            <a
              key={format}
              class="button plain"
              href={pathWith(`/v1/position/statement.${format}`, {
                from,
                to,
                currency,
                language: format === 'pdf' ? language : undefined,
              })}
              download
            >
              <Icon name="download" size={18} />
              {position.formats[format]}
            </a>
          ))}
        </p>
      )}
    </Panel>
  );
}

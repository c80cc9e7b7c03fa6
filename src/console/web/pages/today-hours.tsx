// When it was paid: a column for each hour, what the pointer is on in words, and the same as a table.

import { useState } from 'preact/hooks';
import { ColumnsChart } from '../parts/columns-chart.tsx';
import { Blank } from '../parts/loaded.tsx';
import { Segments } from '../parts/segments.tsx';
import { Amount } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import { fill } from '../words/fill.ts';
import { showCount, showHour } from '../words/show.ts';
import { useSpeech } from '../words/words.ts';
import { totalOf, type Paid, type Today } from './today-shape.ts';

const HOUR_MS = 3_600_000;
/** So that the first hour of a day is no wall. */
const FEWEST = 10;

interface Hour {
  readonly startMs: number;
  readonly paid: Paid;
}

export function Hours({ today, currency }: { today: Today; currency: string }) {
  const { words, language } = useSpeech();
  const { common } = words;
  const [shown, setShown] = useState('amount');
  const [pointed, setPointed] = useState<number>();
  const hours = hoursOf(today, currency);
  const at = pointed === undefined ? undefined : hours[pointed];
  const total = at?.paid ?? totalOf(today, currency);
  const isEmpty = hours.every(({ paid }) => paid.accepted.payments === 0);
  // Heights of a picture, not amounts.
  const heights = hours.map(({ paid: { accepted } }) =>
    shown === 'amount' ? Number(accepted.amount.value) : accepted.payments,
  );
  return (
    <section class="panel hours">
      <header>
        <h2>{words.today.byHour}</h2>
        <p class="pointed" aria-hidden="true">
          <span>{at === undefined ? words.today.wholeDay : span(at.startMs)}</span>
          <Amount of={total.accepted.amount} />
          <span>{fill(words.today.ofPayments, { count: showCount(total.accepted.payments, language) })}</span>
        </p>
        <Segments
          label={words.today.shown}
          value={shown}
          onValue={setShown}
          options={[
            ['amount', common.amount],
            ['payments', words.today.payments],
          ]}
        />
      </header>
      {isEmpty ? (
        <Blank icon="today" title={words.today.nothing} />
      ) : (
        <ColumnsChart
          hours={hours.map(({ startMs }) => startMs / 1000)}
          heights={heights}
          onPoint={setPointed}
        />
      )}
      <details hidden={isEmpty}>
        <summary>{words.today.asTable}</summary>
        <HoursTable of={hours} />
      </details>
    </section>
  );
}

function HoursTable({ of }: { of: readonly Hour[] }) {
  const { words, language } = useSpeech();
  const { common } = words;
  return (
    <Table
      caption={words.today.byHour}
      rows={of.filter(({ paid }) => paid.accepted.payments > 0)}
      keyOf={({ startMs }) => String(startMs)}
      columns={[
        { name: words.today.hour, show: ({ startMs }) => <bdi dir="ltr">{span(startMs)}</bdi> },
        {
          name: words.today.payments,
          isNumber: true,
          show: ({ paid }) => showCount(paid.accepted.payments, language),
        },
        {
          name: common.amount,
          isNumber: true,
          show: ({ paid }) => <Amount of={paid.accepted.amount} />,
        },
      ]}
    />
  );
}

function span(startMs: number): string {
  return `${showHour(startMs)}–${showHour(startMs + HOUR_MS)}`;
}

/** Without gaps, up to the hour that it is. */
function hoursOf(today: Today, currency: string): Hour[] {
  const paid = new Map(
    today.hours.filter((row) => row.currency === currency).map((row) => [Date.parse(row.hour), row]),
  );
  const now = Math.floor(Date.parse(today.asOf) / HOUR_MS) * HOUR_MS;
  const isOver = today.days.every(({ state }) => state === 'sealed');
  const last = Math.max(...paid.keys(), isOver && paid.size > 0 ? 0 : now);
  const first = Math.min(...paid.keys(), last - (FEWEST - 1) * HOUR_MS);
  const none = totalOf({ ...today, totals: [] }, currency);
  const count = (last - first) / HOUR_MS + 1;
  return Array.from({ length: count }, (_, nth) => {
    const startMs = first + nth * HOUR_MS;
    return { startMs, paid: paid.get(startMs) ?? none };
  });
}

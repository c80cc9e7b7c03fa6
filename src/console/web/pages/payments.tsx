// Payments by what somebody holds in his hand: a receipt, a reference, a bill, a payer; or of a time, a channel, a state.

import { useEffect, useState } from 'preact/hooks';
import { BillerChoice } from '../parts/biller-choice.tsx';
import { Button } from '../parts/button.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, Moment, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { fill, wordFor } from '../words/fill.ts';
import { useWords, type Words } from '../words/words.ts';
import { PAYMENT_TONES, type Payment } from './payment-shape.ts';

const FILTERS = ['q', 'biller', 'channel', 'state', 'from', 'to'];

export default function PaymentsPage({ staff }: PageProps) {
  const words = useWords();
  const { payments, places } = words;
  const { query } = useAddress();
  const asked = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]));
  const path = pathWith('/v1/payments/search', { ...asked, limit: '50' });
  const read = useRead<Page<Payment>>(pathWith(path, { after: query.get('after') }));
  return (
    <>
      <Head title={places.payments} under={payments.under}>
        <ExportList<Payment>
          path={pathWith('/v1/payments/search', { ...asked, limit: '1000' })}
          fileName="payments.csv"
          columns={exportedColumns(words)}
        />
      </Head>
      <Filters staff={staff} />
      <List
        caption={places.payments}
        read={read}
        keyOf={({ paymentId }) => paymentId}
        columns={columnsOf(words)}
        empty={query.has('q') ? fill(payments.noneFound, { q: query.get('q') ?? '' }) : payments.empty}
      />
    </>
  );
}

function Filters({ staff }: Pick<PageProps, 'staff'>) {
  const { payments, common } = useWords();
  const { query } = useAddress();
  const given = query.get('q') ?? '';
  const [sought, setSought] = useState(given);
  const channel = query.get('channel');
  useEffect(() => setSought(given), [given]);
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  const seek = (event: Event): void => {
    event.preventDefault();
    go(withQuery({ q: sought.trim() }));
  };
  return (
    <form role="search" onSubmit={seek}>
      <div class="seek">
        <Field
          label={payments.seek}
          hint={payments.seekHint}
          value={sought}
          onValue={setSought}
          type="search"
        />
        <Button type="submit" kind="main" icon="search">
          {common.search}
        </Button>
      </div>
      <div class="filters">
        <BillerChoice staff={staff} />
        <Choice
          label={common.state}
          value={query.get('state') ?? ''}
          onValue={(state) => choose({ state })}
          options={[['', common.all], ...Object.entries(payments.states)]}
        />
        {staff.channelCode === undefined && (
          <Field
            label={payments.channel}
            value={channel ?? ''}
            onValue={(code) => choose({ channel: code.trim() })}
            isCode
          />
        )}
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
      </div>
    </form>
  );
}

function columnsOf({ payments, common }: Words): Column<Payment>[] {
  return [
    {
      name: payments.receipt,
      show: ({ paymentId, receiptNumber }) => (
        <Link to={`/console/payments/${paymentId}`}>
          <bdi dir="ltr" class="code">
            {receiptNumber}
          </bdi>
        </Link>
      ),
    },
    { name: payments.acceptedAt, isMinor: true, show: ({ acceptedAt }) => <Moment of={acceptedAt} /> },
    { name: payments.bills, isMinor: true, show: ({ bills }) => <BillsOf of={bills} /> },
    { name: payments.channel, isMinor: true, show: ({ channelCode }) => <Code of={channelCode} /> },
    { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
    {
      name: common.state,
      show: ({ status }) => <State of={status} names={payments.states} tones={PAYMENT_TONES} />,
    },
  ];
}

/** The first, and how many more. */
function BillsOf({ of: [first, ...others] }: { of: Payment['bills'] }) {
  const { payments } = useWords();
  return (
    <>
      <Code of={first?.billNumber} />
      {others.length > 0 && <p class="hint">{fill(payments.andMore, { count: others.length })}</p>}
    </>
  );
}

function exportedColumns({
  payments,
  common,
}: Words): (readonly [string, (payment: Payment) => string | undefined])[] {
  return [
    ['paymentId', ({ paymentId }) => paymentId],
    [payments.receipt, ({ receiptNumber }) => receiptNumber],
    [payments.reference, ({ reference }) => reference],
    [payments.acceptedAt, ({ acceptedAt }) => acceptedAt],
    [payments.businessDate, ({ businessDate }) => businessDate],
    [payments.biller, ({ billerCode }) => billerCode],
    [payments.channel, ({ channelCode }) => channelCode],
    [payments.bills, ({ bills }) => bills.map(({ billNumber }) => billNumber).join(' ')],
    [payments.payer, ({ bills }) => [...new Set(bills.flatMap(({ payerId }) => payerId ?? []))].join(' ')],
    [common.amount, ({ amount }) => amount.value],
    [payments.fee, ({ fee }) => fee.value],
    [payments.currency, ({ amount }) => amount.currency],
    [payments.method, ({ method }) => wordFor(payments.words, method)],
    [common.state, ({ status }) => wordFor(payments.states, status)],
  ];
}

// What is owed: the bills of an agency, by payer, state and due date.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, Day, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useWords, type Words } from '../words/words.ts';
import { BILL_TONES, type Bill } from './bill-shape.ts';

export default function BillsPage({ staff }: PageProps) {
  const words = useWords();
  const { bills, places } = words;
  const { query } = useAddress();
  const { biller, isMissing } = useBiller(staff);
  const filters = {
    biller,
    payerId: query.get('payerId'),
    state: query.get('state'),
    dueFrom: query.get('dueFrom'),
    dueTo: query.get('dueTo'),
  };
  const read = useRead<Page<Bill>>(
    isMissing ? undefined : pathWith('/v1/bills', { ...filters, after: query.get('after'), limit: '50' }),
  );
  return (
    <>
      <Head title={places.bills} under={bills.under}>
        {!isMissing && (
          <ExportList<Bill>
            path={pathWith('/v1/bills', { ...filters, limit: '1000' })}
            fileName="bills.csv"
            columns={[
              [bills.number, ({ billNumber }) => billNumber],
              [bills.payerId, ({ payerId }) => payerId],
              [bills.payer, ({ payerName }) => payerName],
              [bills.amount, ({ amount }) => amount?.value],
              [bills.currency, ({ amount }) => amount?.currency],
              [bills.dueOn, ({ dueOn }) => dueOn],
              [bills.state, ({ status }) => status],
            ]}
          />
        )}
      </Head>
      <Filters staff={staff} />
      <ForBiller isMissing={isMissing}>
        <List
          caption={places.bills}
          read={read}
          keyOf={({ billNumber }) => billNumber}
          columns={columnsOf(words, biller)}
          empty={bills.empty}
        />
      </ForBiller>
    </>
  );
}

function Filters({ staff }: Pick<PageProps, 'staff'>) {
  const { bills, common } = useWords();
  const { query } = useAddress();
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <BillerChoice staff={staff} needsOne />
      <Field
        label={bills.payerId}
        value={query.get('payerId') ?? ''}
        onValue={(payerId) => choose({ payerId })}
        isCode
      />
      <Choice
        label={common.state}
        value={query.get('state') ?? ''}
        onValue={(state) => choose({ state })}
        options={[['', common.all], ...Object.entries(bills.states)]}
      />
      <Field
        label={bills.dueFrom}
        type="date"
        value={query.get('dueFrom') ?? ''}
        onValue={(dueFrom) => choose({ dueFrom })}
      />
      <Field
        label={bills.dueTo}
        type="date"
        value={query.get('dueTo') ?? ''}
        onValue={(dueTo) => choose({ dueTo })}
      />
    </form>
  );
}

function columnsOf({ bills, common }: Words, biller: string | null): Column<Bill>[] {
  return [
    {
      name: bills.number,
      show: ({ billNumber }) => (
        <Link to={pathWith(`/console/bills/${encodeURIComponent(billNumber)}`, { biller })}>
          <Code of={billNumber} />
        </Link>
      ),
    },
    { name: bills.payer, show: ({ payerName }) => <bdi>{payerName ?? '–'}</bdi> },
    { name: bills.payerId, isMinor: true, show: ({ payerId }) => <Code of={payerId} /> },
    { name: bills.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
    { name: bills.dueOn, isMinor: true, show: ({ dueOn }) => <Day of={dueOn} /> },
    {
      name: common.state,
      show: ({ status }) => <State of={status} names={bills.states} tones={BILL_TONES} />,
    },
  ];
}

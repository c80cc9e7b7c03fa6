// What a payer has paid, with receipts: shown, and as a PDF to give away.

import { useState } from 'preact/hooks';
import { BillerChoice } from '../parts/biller-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Field } from '../parts/field.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Blank, Loaded } from '../parts/loaded.tsx';
import { SaveReport } from '../parts/save-report.tsx';
import { Amount, Code, Day, State } from '../parts/shown.tsx';
import { SpanFields, useSpan } from '../parts/span.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useWords } from '../words/words.ts';
import type { PayerReport } from './report-shape.ts';

const TONES = { paid: 'good', reversed: 'bad', returned: 'wait' } as const;

export default function PayerPage({ staff }: PageProps) {
  const { reports, places } = useWords();
  const payer = useAddress().query.get('payer') ?? '';
  const [typed, setTyped] = useState(payer);
  const { biller, isMissing } = useBiller(staff);
  const span = useSpan(90);
  const path = pathWith(`/v1/reports/payers/${encodeURIComponent(payer)}`, { biller, ...span });
  const isAsked = !isMissing && payer !== '';
  const read = useRead<PayerReport>(isAsked ? path : undefined);
  const ask = (event: Event): void => {
    event.preventDefault();
    go(withQuery({ payer: typed.trim() }));
  };
  return (
    <>
      <Head title={places.payer} under={reports.payerUnder}>
        {isAsked && read.body !== undefined && <SaveReport path={path} format="pdf" />}
      </Head>
      <form class="filters" role="search" onSubmit={ask}>
        <BillerChoice staff={staff} needsOne />
        <Field label={reports.payerId} isCode value={typed} onValue={setTyped} />
        <SpanFields of={span} />
        <Button type="submit" kind="main">
          {reports.show}
        </Button>
      </form>
      <ForBiller isMissing={isMissing}>
        {isAsked ? (
          <Loaded read={read}>{(report) => <Report of={report} biller={biller} />}</Loaded>
        ) : (
          <Blank icon="people" title={reports.whichPayer} />
        )}
      </ForBiller>
    </>
  );
}

function Report({ of, biller }: { of: PayerReport; biller: string | null }) {
  const { reports, common } = useWords();
  return (
    <>
      <Panel title={of.payerName}>
        <Facts
          of={[
            [reports.paid, <Amount key="p" of={of.paid} />],
            [reports.reversed, <Amount key="r" of={of.reversed} />],
            [reports.stands, <Amount key="s" of={of.stands} />],
            [reports.credit, <Amount key="c" of={of.credit} />],
          ]}
        />
      </Panel>
      {of.items.length === 0 ? (
        <Blank icon="list" title={reports.nothingPaid} />
      ) : (
        <Table
          caption={reports.receipts}
          rows={of.items}
          keyOf={({ paymentId, billNumber }) => `${paymentId} ${billNumber}`}
          columns={[
            { name: reports.date, show: ({ businessDate }) => <Day of={businessDate} /> },
            {
              name: reports.bill,
              isMinor: true,
              show: ({ billNumber }) => (
                <Link to={pathWith(`/console/bills/${encodeURIComponent(billNumber)}`, { biller })}>
                  <Code of={billNumber} />
                </Link>
              ),
            },
            { name: reports.receipt, isMinor: true, show: (row) => <Code of={row.receiptNumber} /> },
            { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
            {
              name: common.state,
              show: ({ status, endedOn }) => (
                <>
                  <State of={status} names={reports.statuses} tones={TONES} />
                  {endedOn !== null && (
                    <p class="hint">
                      <Day of={endedOn} />
                    </p>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
    </>
  );
}

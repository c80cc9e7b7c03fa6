// The whole life of one payment: what it is, its bills and fees, and what became of it, told from the request to the line of
// a statement that proves its money.

import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, Moment, State } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { PaymentStory } from './payment-story.tsx';
import { PAYMENT_TONES, type Journal, type Life, type TracedPayment } from './payment-shape.ts';

export default function PaymentPage({ named }: PageProps) {
  const id = encodeURIComponent(named['paymentId'] ?? '');
  const read = useRead<Life>(`/v1/payments/${id}/trace`);
  const { payments, places } = useWords();
  if (read.body === undefined)
    return (
      <>
        <Head title={places.payment} />
        <Loaded read={read}>{() => null}</Loaded>
      </>
    );
  return (
    <Loaded read={read}>
      {(life) => (
        <>
          <Head
            title={
              <>
                {places.payment}{' '}
                <bdi dir="ltr" class="code">
                  {life.payment.receiptNumber}
                </bdi>
              </>
            }
            under={
              <>
                <State of={life.payment.status} names={payments.states} tones={PAYMENT_TONES} />{' '}
                <Amount of={life.payment.amount} /> · <Moment of={life.payment.acceptedAt} />
              </>
            }
          >
            <a class="button plain" href={`/r/${life.payment.receiptNumber}`} target="_blank" rel="noopener">
              {payments.receiptPage}
            </a>
          </Head>
          <div class="life">
            <div>
              <Panel title={payments.story}>
                <PaymentStory of={life.payment} />
              </Panel>
              <Money of={life.payment} />
            </div>
            <What life={life} />
          </div>
          <Bills life={life} />
          {life.payment.journals !== undefined && <Journals of={life.payment.journals} />}
        </>
      )}
    </Loaded>
  );
}

function What({ life: { payment, debits } }: { life: Life }) {
  const { payments } = useWords();
  const { words } = payments;
  const { outlet, instrument, payer } = payment;
  return (
    <Panel title={payments.facts}>
      <Facts
        of={[
          [payments.receipt, <Code key="r" of={payment.receiptNumber} canCopy />],
          [payments.reference, <Code key="f" of={payment.reference} canCopy />],
          [payments.biller, <Code key="b" of={payment.biller} />],
          [payments.channel, <Code key="c" of={payment.channel} />],
          [payments.method, wordFor(words, payment.method)],
          outlet !== null && [payments.outlet, <Outlet key="o" of={outlet} />],
          [payments.route, wordFor(words, payment.route)],
          [payments.businessDate, <Day key="d" of={payment.businessDate} />],
          [payments.reversibleUntil, <Moment key="u" of={payment.reversibleUntil} />],
          payer !== null && [payments.payer, <bdi key="p">{Object.values(payer).join(' · ')}</bdi>],
          instrument !== null && [
            payments.instrument,
            <bdi key="i">{Object.values(instrument).join(' · ')}</bdi>,
          ],
          debits[0]?.debitId !== undefined && [
            payments.debit,
            <Code key="t" of={debits[0].debitId} canCopy />,
          ],
          [payments.paymentId, <Code key="id" of={payment.paymentId} canCopy />],
        ]}
      />
    </Panel>
  );
}

function Outlet({ of: { kind = '', ...others } }: { of: Readonly<Record<string, string>> }) {
  const { payments } = useWords();
  return (
    <>
      {wordFor(payments.words, kind)} <bdi>{Object.values(others).join(' · ')}</bdi>
    </>
  );
}

function Money({ of }: { of: TracedPayment }) {
  const { payments, common } = useWords();
  return (
    <Panel title={payments.money}>
      <Facts
        of={[
          [common.amount, <Amount key="a" of={of.amount} />],
          [payments.fee, <Amount key="f" of={of.fee} />],
          [payments.total, <Amount key="t" of={of.total} />],
          of.billerFee !== undefined && [payments.billerFee, <Amount key="b" of={of.billerFee} />],
          [payments.tax, <Amount key="x" of={of.tax} />],
          of.commission !== undefined && [payments.commission, <Amount key="c" of={of.commission} />],
        ]}
      />
    </Panel>
  );
}

function Bills({ life: { payment, bills } }: { life: Life }) {
  const { payments, common, today } = useWords();
  return (
    <Panel title={payments.bills}>
      <Table
        caption={payments.bills}
        rows={payment.bills}
        keyOf={({ billNumber }) => billNumber}
        columns={[
          { name: payments.bill, show: ({ billNumber }) => <Code of={billNumber} canCopy /> },
          {
            name: payments.payer,
            isMinor: true,
            show: ({ payerId }) =>
              payerId === null ? (
                '–'
              ) : (
                <Link to={`/console/payments?q=${encodeURIComponent(payerId)}`}>
                  <bdi dir="ltr">{payerId}</bdi>
                </Link>
              ),
          },
          { name: payments.due, isNumber: true, isMinor: true, show: ({ due }) => <Amount of={due} /> },
          {
            name: payments.penalty,
            isNumber: true,
            isMinor: true,
            show: ({ penalty }) => <Amount of={penalty} />,
          },
          { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
          {
            name: payments.billNow,
            show: ({ billNumber, refusal }) =>
              refusal === null
                ? wordFor(
                    payments.billStates,
                    bills.find((bill) => bill.billNumber === billNumber)?.status ?? '–',
                  )
                : wordFor(today.reasons, refusal),
          },
        ]}
      />
    </Panel>
  );
}

function Journals({ of }: { of: readonly Journal[] }) {
  const { payments } = useWords();
  const rows = of.flatMap(({ kind, postings, journalId }) =>
    postings.map((posting, nth) => ({ ...posting, kind, key: `${journalId}${nth}` })),
  );
  return (
    <Panel title={payments.journals}>
      <Table
        caption={payments.journals}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { name: payments.journal, isMinor: true, show: ({ kind }) => wordFor(payments.words, kind) },
          { name: payments.account, show: ({ account }) => <Code of={account} /> },
          {
            name: payments.debitSide,
            isNumber: true,
            show: ({ side, amount }) => side === 'debit' && <Amount of={amount} />,
          },
          {
            name: payments.creditSide,
            isNumber: true,
            show: ({ side, amount }) => side === 'credit' && <Amount of={amount} />,
          },
        ]}
      />
    </Panel>
  );
}

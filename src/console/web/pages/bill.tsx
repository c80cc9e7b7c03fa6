// One bill: who owes it, how much and until when, and what became of it.

import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, Moment, State } from '../parts/shown.tsx';
import type { PageProps } from '../place.ts';
import { pathWith, useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useWords } from '../words/words.ts';
import { BILL_TONES, type Bill } from './bill-shape.ts';

export default function BillPage({ named }: PageProps) {
  const { bills } = useWords();
  const biller = useAddress().query.get('biller');
  const read = useRead<Bill>(
    pathWith(`/v1/bills/${encodeURIComponent(named['billNumber'] ?? '')}`, { biller }),
  );
  return (
    <Loaded read={read}>
      {(bill) => (
        <>
          <Head
            title={<Code of={bill.billNumber} canCopy />}
            under={<State of={bill.status} names={bills.states} tones={BILL_TONES} />}
          />
          <Panel>
            <Facts
              of={[
                [bills.amount, bill.amount === null ? bills.open : <Amount key="a" of={bill.amount} />],
                [bills.payer, <bdi key="p">{bill.payerName ?? '–'}</bdi>],
                [
                  bills.payerId,
                  <Link key="i" to={pathWith('/console/bills', { biller, payerId: bill.payerId })}>
                    <Code of={bill.payerId} />
                  </Link>,
                ],
                [bills.description, <bdi key="d">{bill.description ?? '–'}</bdi>],
                [bills.dueOn, <Day key="u" of={bill.dueOn} />],
                [bills.expiresOn, <Day key="e" of={bill.expiresOn} />],
                [bills.unit, <Code key="n" of={bill.unit} />],
                [bills.service, <Code key="s" of={bill.service} />],
                [bills.budgetLine, <Code key="l" of={bill.budgetLine} />],
                [bills.receivedAt, <Moment key="r" of={bill.receivedAt} />],
                bill.paymentId !== null && [
                  bills.paidBy,
                  <Link key="y" to={pathWith(`/console/payments/${bill.paymentId}`, { biller })}>
                    <Code of={bill.paymentId} />
                  </Link>,
                ],
              ]}
            />
          </Panel>
        </>
      )}
    </Loaded>
  );
}

// A bank account of the books held against its statements, item by item to the last unit.

import { Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Moment } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount, showDay, type Amount as AmountOf } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import type { AccountReconciliation, OfSome } from './statement-shape.ts';

export default function BankAccountPage({ named }: PageProps) {
  const { accounts, places } = useWords();
  const code = encodeURIComponent(named['code'] ?? '');
  const read = useRead<AccountReconciliation>(`/v1/bank-accounts/${code}/reconciliation`);
  return (
    <Loaded read={read}>
      {(account) => (
        <>
          <Head title={places.bankAccount} under={<Code of={account.account} />} />
          <p class={/[1-9]/.test(account.difference.value) ? 'note bad' : 'note good'}>
            {/[1-9]/.test(account.difference.value) ? accounts.differs : accounts.agrees}
          </p>
          <Equation of={account} />
          <WithoutLine of={account} />
        </>
      )}
    </Loaded>
  );
}

/** closing = opening + books + unbooked − early − withoutLine + gap − difference. */
function Equation({ of }: { of: AccountReconciliation }) {
  const { accounts, common } = useWords();
  const { language } = useSpeech();
  const on = (balance: AccountReconciliation['opening'], name: string): string =>
    balance === null ? name : `${name} · ${showDay(balance.on, language)}`;
  const counted = (name: string, { count }: OfSome): string => `${name} (${showCount(count, language)})`;
  const rows: readonly (readonly [sign: string, name: string, amount: AmountOf | null])[] = [
    ['', on(of.opening, accounts.opening), of.opening?.amount ?? null],
    ['+', accounts.books, of.books],
    ['+', counted(accounts.unbooked, of.unbooked), of.unbooked.amount],
    ['−', counted(accounts.early, of.early), of.early.amount],
    ['−', accounts.withoutLine, of.withoutLine.amount],
    ['+', accounts.gap, of.gap],
    ['−', accounts.difference, of.difference],
    ['=', on(of.closing, accounts.closing), of.closing?.amount ?? null],
  ];
  return (
    <Panel title={accounts.how}>
      <Table
        caption={accounts.how}
        rows={rows}
        keyOf={([, name]) => name}
        columns={[
          { name: accounts.item, show: ([sign, name]) => `${sign} ${name}` },
          { name: common.amount, isNumber: true, show: ([, , amount]) => <Amount of={amount} /> },
        ]}
      />
    </Panel>
  );
}

function WithoutLine({ of: { withoutLine, early } }: { of: AccountReconciliation }) {
  const { accounts, common } = useWords();
  const { language } = useSpeech();
  const rows: readonly (readonly [name: string, some: Partial<OfSome>])[] = [
    [accounts.remittances, withoutLine.remittances],
    [accounts.returns, withoutLine.returns],
    [accounts.topUps, withoutLine.topUps],
    [accounts.other, { amount: withoutLine.other }],
    [accounts.missed, early.missed],
  ];
  return (
    <Panel title={accounts.unproved}>
      <Table
        caption={accounts.unproved}
        rows={rows}
        keyOf={([name]) => name}
        columns={[
          { name: accounts.item, show: ([name]) => name },
          {
            name: accounts.count,
            isNumber: true,
            show: ([, { count }]) => (count === undefined ? '–' : showCount(count, language)),
          },
          { name: common.amount, isNumber: true, show: ([, { amount }]) => <Amount of={amount} /> },
          { name: accounts.since, isMinor: true, show: ([, { since }]) => <Moment of={since} /> },
        ]}
      />
    </Panel>
  );
}

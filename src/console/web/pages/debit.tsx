// One debit: what was asked, which bills it pays, what the bank said.

import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { History } from '../parts/history.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, State } from '../parts/shown.tsx';
import { Table } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { pathWith, useAddress } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { showDay } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { DEBIT_TONES, type WholeDebit } from './mandate-shape.ts';

export default function DebitPage({ named }: PageProps) {
  const { words, language } = useSpeech();
  const biller = useAddress().query.get('biller');
  const id = encodeURIComponent(named['debitId'] ?? '');
  const read = useRead<WholeDebit>(pathWith(`/v1/debits/${id}`, { biller }));
  return (
    <Loaded read={read}>
      {(debit) => (
        <>
          <Head
            title={`${words.places.debit} · ${showDay(debit.collectOn, language)}`}
            under={
              <>
                <State of={debit.state} names={words.debits.states} tones={DEBIT_TONES} />{' '}
                {debit.reason?.words[language]}
              </>
            }
          />
          <About of={debit} biller={biller} />
          <Bills of={debit} biller={biller} />
          <Happened of={debit} />
        </>
      )}
    </Loaded>
  );
}

function About({ of, biller }: { of: WholeDebit; biller: string | null }) {
  const { debits, common } = useWords();
  const other = (id: string | null) =>
    id !== null && (
      <Link key={id} to={pathWith(`/console/debits/${id}`, { biller })}>
        <Code of={id} />
      </Link>
    );
  return (
    <Panel>
      <Facts
        of={[
          [common.amount, <Amount key="a" of={of.amount} />],
          [debits.collectOn, <Day key="c" of={of.collectOn} />],
          [debits.sendOn, <Day key="s" of={of.sendOn} />],
          [debits.cause, wordFor(debits.causes, of.cause)],
          [debits.bank, <Code key="b" of={of.channelCode} />],
          [debits.account, <Code key="n" of={of.account} />],
          [
            debits.mandate,
            <Link key="m" to={pathWith(`/console/mandates/${of.mandateId}`, { biller })}>
              <Code of={of.mandateReference} />
            </Link>,
          ],
          [debits.endToEndId, <Code key="e" of={of.endToEndId} canCopy />],
          of.retryOf !== null && [debits.retryOf, other(of.retryOf)],
          of.retriedBy !== null && [debits.retriedBy, other(of.retriedBy)],
          of.retryOn !== null && [debits.retryOn, <Day key="r" of={of.retryOn} />],
        ]}
      />
    </Panel>
  );
}

function Bills({ of, biller }: { of: WholeDebit; biller: string | null }) {
  const { debits, common } = useWords();
  return (
    <Panel title={debits.bills}>
      <Table
        caption={debits.bills}
        rows={of.bills}
        keyOf={({ billNumber }) => billNumber}
        columns={[
          { name: debits.billNumber, show: ({ billNumber }) => <Code of={billNumber} /> },
          { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
          { name: debits.dueOn, isMinor: true, show: ({ dueOn }) => <Day of={dueOn} /> },
          {
            name: debits.outcome,
            show: ({ outcome, paymentId }) => (
              <>
                {outcome === null ? debits.notYet : wordFor(debits.outcomes, outcome)}{' '}
                {paymentId !== null && (
                  <Link to={pathWith(`/console/payments/${paymentId}`, { biller })}>{debits.payment}</Link>
                )}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Happened({ of }: { of: WholeDebit }) {
  const { debits } = useWords();
  const steps = of.history.map(({ state, text, at }) => ({
    what: wordFor(debits.states, state),
    at,
    said: text,
  }));
  return <History title={debits.history} steps={steps} />;
}

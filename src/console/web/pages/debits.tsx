// Debits: what is asked of payers' banks, and what became of it.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, Day, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { DEBIT_TONES, type Debit } from './mandate-shape.ts';

export default function DebitsPage({ staff }: PageProps) {
  const { debits, places, common } = useWords();
  const { query } = useAddress();
  const { biller, isMissing } = useBiller(staff);
  const filters = {
    biller,
    mandateId: query.get('mandateId'),
    state: query.get('state'),
    payerId: query.get('payerId'),
    from: query.get('from'),
    to: query.get('to'),
  };
  const read = useRead<Page<Debit>>(
    isMissing ? undefined : pathWith('/v1/debits', { ...filters, after: query.get('after'), limit: '50' }),
  );
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <>
      <Head title={places.debits} under={debits.under}>
        <Link class="button plain" to={pathWith('/console/debits-ahead', { biller })}>
          {places.debitsAhead}
        </Link>
        <Link class="button plain" to={pathWith('/console/debits-report', { biller })}>
          {places.debitsReport}
        </Link>
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <Choice
          label={common.state}
          value={filters.state ?? ''}
          onValue={(state) => choose({ state })}
          options={[['', common.all], ...Object.entries(debits.states)]}
        />
        <Field
          label={debits.payerId}
          value={filters.payerId ?? ''}
          onValue={(payerId) => choose({ payerId })}
          isCode
        />
        <Field
          label={common.from}
          type="date"
          value={filters.from ?? ''}
          onValue={(from) => choose({ from })}
        />
        <Field label={common.until} type="date" value={filters.to ?? ''} onValue={(to) => choose({ to })} />
      </form>
      <ForBiller isMissing={isMissing}>
        <List
          caption={places.debits}
          read={read}
          keyOf={({ debitId }) => debitId}
          columns={useColumns(biller)}
          empty={debits.empty}
        />
      </ForBiller>
    </>
  );
}

function useColumns(biller: string | null): Column<Debit>[] {
  const { debits, common } = useWords();
  const { language } = useSpeech();
  return [
    {
      name: debits.collectOn,
      show: ({ debitId, collectOn }) => (
        <Link to={pathWith(`/console/debits/${debitId}`, { biller })}>
          <Day of={collectOn} />
        </Link>
      ),
    },
    { name: debits.payerId, show: ({ payerId }) => <Code of={payerId} /> },
    { name: debits.bank, isMinor: true, show: ({ channelCode }) => <Code of={channelCode} /> },
    {
      name: debits.bills,
      isNumber: true,
      isMinor: true,
      show: ({ billCount }) => showCount(billCount, language),
    },
    { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
    {
      name: common.state,
      show: ({ state, reason }) => (
        <>
          <State of={state} names={debits.states} tones={DEBIT_TONES} />
          {reason !== null && <p class="hint">{reason.words[language]}</p>}
        </>
      ),
    },
  ];
}

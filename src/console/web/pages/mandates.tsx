// Mandates: who lets the agency collect from his account, and how far each has come.

import { BillerChoice } from '../parts/biller-choice.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Code, Moment, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { useWords, type Words } from '../words/words.ts';
import { MANDATE_TONES, type Mandate } from './mandate-shape.ts';

export default function MandatesPage({ staff }: PageProps) {
  const words = useWords();
  const { mandates, places, common } = words;
  const { query } = useAddress();
  const { biller, isMissing } = useBiller(staff);
  const filters = { biller, state: query.get('state'), payerId: query.get('payerId') };
  const read = useRead<Page<Mandate>>(
    isMissing ? undefined : pathWith('/v1/mandates', { ...filters, after: query.get('after'), limit: '50' }),
  );
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <>
      <Head title={places.mandates} under={mandates.under} />
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <Choice
          label={common.state}
          value={filters.state ?? ''}
          onValue={(state) => choose({ state })}
          options={[['', common.all], ...Object.entries(mandates.states)]}
        />
        <Field
          label={mandates.payerId}
          value={filters.payerId ?? ''}
          onValue={(payerId) => choose({ payerId })}
          isCode
        />
      </form>
      <ForBiller isMissing={isMissing}>
        <List
          caption={places.mandates}
          read={read}
          keyOf={({ mandateId }) => mandateId}
          columns={columnsOf(words, biller)}
          empty={mandates.empty}
        />
      </ForBiller>
    </>
  );
}

function columnsOf({ mandates, common }: Words, biller: string | null): Column<Mandate>[] {
  return [
    {
      name: mandates.payer,
      show: ({ mandateId, payerName, payerId }) => (
        <>
          <Link to={pathWith(`/console/mandates/${mandateId}`, { biller })}>
            <bdi>{payerName}</bdi>
          </Link>
          <p class="hint">
            <Code of={payerId} />
          </p>
        </>
      ),
    },
    { name: mandates.account, isMinor: true, show: ({ account }) => <Code of={account.number} /> },
    { name: mandates.bank, isMinor: true, show: ({ channelCode }) => <Code of={channelCode} /> },
    { name: mandates.collect, isMinor: true, show: ({ collect }) => wordFor(mandates.collects, collect.on) },
    { name: mandates.changed, isMinor: true, show: ({ changedAt }) => <Moment of={changedAt} /> },
    {
      name: common.state,
      show: ({ state }) => <State of={state} names={mandates.states} tones={MANDATE_TONES} />,
    },
  ];
}

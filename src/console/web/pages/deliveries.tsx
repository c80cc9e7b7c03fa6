// What an agency is told, and how it goes: where events are sent, and those that its endpoint refused or that wait behind one.

import { useState } from 'preact/hooks';
import { BillerChoice, isOperator } from '../parts/biller-choice.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Choice } from '../parts/field.tsx';
import { Button } from '../parts/button.tsx';
import { ForBiller, useBiller } from '../parts/for-biller.tsx';
import { Head } from '../parts/head.tsx';
import { Code, Moment, State, type Tone } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useWords, type Words } from '../words/words.ts';
import { Resend } from './resend.tsx';
import { Webhook } from './webhook.tsx';

interface Delivery {
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
  readonly state: 'aside' | 'parked';
  readonly attempts: number;
  readonly lastFailure: string | null;
  readonly setAsideAt: string;
  readonly nextTryAt: string | null;
}

const EVERY_MS = 15_000;
const TONES: Readonly<Record<string, Tone>> = { aside: 'wait', parked: 'bad' };

export default function DeliveriesPage({ staff }: PageProps) {
  const words = useWords();
  const { deliveries, common, places } = words;
  const { query } = useAddress();
  const { biller, isMissing } = useBiller(staff);
  const [asked, setAsked] = useState<Delivery | 'parked'>();
  const mayResend = isOperator(staff);
  const filters = { biller, state: query.get('state') };
  const read = useRead<Page<Delivery>>(
    isMissing
      ? undefined
      : pathWith('/v1/deliveries', { ...filters, after: query.get('after'), limit: '50' }),
    { everyMs: EVERY_MS },
  );
  return (
    <>
      <Head title={places.deliveries} under={deliveries.under}>
        {!isMissing && <Export filters={filters} />}
      </Head>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <BillerChoice staff={staff} needsOne />
        <Choice
          label={common.state}
          value={filters.state ?? ''}
          onValue={(state) => go(withQuery({ state }), { replaces: true })}
          options={[['', common.all], ...Object.entries(deliveries.states)]}
        />
      </form>
      <ForBiller isMissing={isMissing}>
        <Webhook biller={biller} {...(mayResend && { resendParked: () => setAsked('parked') })} />
        <List
          caption={places.deliveries}
          read={read}
          keyOf={({ eventId }) => eventId}
          columns={[...columnsOf(words), ...(mayResend ? [resendColumn(words, setAsked)] : [])]}
          empty={deliveries.empty}
        />
        {asked && (
          <Resend
            biller={biller}
            eventId={asked === 'parked' ? undefined : asked.eventId}
            close={(isDone) => {
              setAsked(undefined);
              if (isDone) read.again();
            }}
          />
        )}
      </ForBiller>
    </>
  );
}

function Export({ filters }: { filters: Readonly<Record<string, string | null>> }) {
  const { deliveries, common } = useWords();
  return (
    <ExportList<Delivery>
      path={pathWith('/v1/deliveries', { ...filters, limit: '1000' })}
      fileName="deliveries.csv"
      columns={[
        [deliveries.event, ({ eventId }) => eventId],
        [deliveries.type, ({ type }) => type],
        [deliveries.subject, ({ subject }) => subject],
        [common.state, ({ state }) => deliveries.states[state]],
        [deliveries.attempts, ({ attempts }) => String(attempts)],
        [deliveries.failure, ({ lastFailure }) => lastFailure],
        [deliveries.since, ({ setAsideAt }) => setAsideAt],
        [deliveries.nextTry, ({ nextTryAt }) => nextTryAt],
      ]}
    />
  );
}

function columnsOf({ deliveries, common }: Words): Column<Delivery>[] {
  return [
    { name: deliveries.type, show: ({ type }) => <Code of={type} /> },
    { name: deliveries.subject, show: ({ subject }) => <Code of={subject} /> },
    {
      name: deliveries.failure,
      show: ({ lastFailure }) =>
        lastFailure === null ? <span class="none">{deliveries.behind}</span> : <bdi>{lastFailure}</bdi>,
    },
    { name: deliveries.attempts, isNumber: true, isMinor: true, show: ({ attempts }) => attempts },
    { name: deliveries.since, isMinor: true, show: ({ setAsideAt }) => <Moment of={setAsideAt} /> },
    { name: deliveries.nextTry, isMinor: true, show: ({ nextTryAt }) => <Moment of={nextTryAt} /> },
    {
      name: common.state,
      show: ({ state }) => <State of={state} names={deliveries.states} tones={TONES} />,
    },
  ];
}

function resendColumn({ deliveries }: Words, ask: (of: Delivery) => void): Column<Delivery> {
  return {
    name: deliveries.act,
    show: (delivery) => (
      <Button
        icon="send"
        aria-label={`${deliveries.resend} ${delivery.eventId}`}
        onClick={() => ask(delivery)}
      >
        {deliveries.resend}
      </Button>
    ),
  };
}

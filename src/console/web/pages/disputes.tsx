// The work list of disputes and cases, and the desk's form for a payer who complains.

import { useState } from 'preact/hooks';
import { BillerChoice, isOperator } from '../parts/biller-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, Moment, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { useWords, type Words } from '../words/words.ts';
import { OpenCase } from './dispute-open.tsx';
import { DISPUTE_TONES, type Dispute } from './dispute-shape.ts';

const EVERY_MS = 30_000;

export default function DisputesPage({ staff }: PageProps) {
  const words = useWords();
  const { disputes, places } = words;
  const { query } = useAddress();
  const [isOpening, setOpening] = useState(false);
  const filters = {
    biller: query.get('biller'),
    state: query.get('state'),
    openedBy: query.get('openedBy'),
    overdue: query.get('overdue'),
  };
  const read = useRead<Page<Dispute>>(
    pathWith('/v1/disputes', { ...filters, after: query.get('after'), limit: '50' }),
    { everyMs: EVERY_MS },
  );
  return (
    <>
      <Head title={places.disputes} under={disputes.under}>
        {isOperator(staff) && (
          <Button kind="main" onClick={() => setOpening(true)}>
            {disputes.openCase}
          </Button>
        )}
      </Head>
      <Filters staff={staff} />
      <List
        caption={places.disputes}
        read={read}
        keyOf={({ disputeId }) => disputeId}
        columns={columnsOf(words)}
        empty={disputes.empty}
      />
      {isOpening && <OpenCase close={() => setOpening(false)} />}
    </>
  );
}

function Filters({ staff }: Pick<PageProps, 'staff'>) {
  const { disputes, common } = useWords();
  const { query } = useAddress();
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <BillerChoice staff={staff} />
      <Choice
        label={common.state}
        value={query.get('state') ?? ''}
        onValue={(state) => choose({ state })}
        options={[['', common.all], ...Object.entries(disputes.states)]}
      />
      <Choice
        label={disputes.openedBy}
        value={query.get('openedBy') ?? ''}
        onValue={(openedBy) => choose({ openedBy })}
        options={[['', common.all], ...Object.entries(disputes.openers)]}
      />
      <Choice
        label={disputes.due}
        value={query.get('overdue') ?? ''}
        onValue={(overdue) => choose({ overdue })}
        options={[
          ['', common.all],
          ['true', disputes.overdue],
        ]}
      />
    </form>
  );
}

function columnsOf({ disputes, common }: Words): Column<Dispute>[] {
  return [
    {
      name: disputes.number,
      show: ({ disputeId, caseNumber, reference }) => (
        <Link to={`/console/disputes/${disputeId}`}>
          <Code of={caseNumber ?? reference} />
        </Link>
      ),
    },
    { name: disputes.reason, show: ({ reason }) => wordFor(disputes.reasons, reason) },
    { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
    { name: disputes.channel, isMinor: true, show: ({ channelCode }) => <Code of={channelCode} /> },
    { name: common.biller, isMinor: true, show: ({ billerCode }) => <Code of={billerCode} /> },
    { name: disputes.due, isMinor: true, show: ({ dueAt }) => <Moment of={dueAt} /> },
    {
      name: common.state,
      show: ({ state, overdue }) => (
        <>
          <State of={state} names={disputes.states} tones={DISPUTE_TONES} />
          {overdue && <p class="fault">{disputes.overdue}</p>}
        </>
      ),
    },
  ];
}

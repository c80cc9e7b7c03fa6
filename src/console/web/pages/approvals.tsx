// The work list of approvals: what waits for me, what I asked for, all that I may see.

import { Head } from '../parts/head.tsx';
import { Choice } from '../parts/field.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Moment, State } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { fill, wordFor } from '../words/fill.ts';
import { useWords, type Words } from '../words/words.ts';
import { APPROVAL_TONES, type Approval } from './approval-shape.ts';

const EVERY_MS = 15_000;

export default function ApprovalsPage() {
  const words = useWords();
  const { approvals, common, places } = words;
  const { query } = useAddress();
  const mine = query.get('mine') ?? 'to-decide';
  const state = query.get('state') ?? '';
  const path = pathWith('/v1/approvals', {
    mine: mine === 'all' ? undefined : mine,
    state,
    after: query.get('after'),
    limit: '50',
  });
  const read = useRead<Page<Approval>>(path, { everyMs: EVERY_MS });
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <>
      <Head title={places.approvals} under={approvals.under} />
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label={approvals.whose}
          value={mine}
          onValue={(value) => choose({ mine: value })}
          options={[
            ['to-decide', approvals.toDecide],
            ['asked', approvals.asked],
            ['all', common.all],
          ]}
        />
        <Choice
          label={common.state}
          value={state}
          onValue={(value) => choose({ state: value })}
          options={[['', common.all], ...Object.entries(approvals.states)]}
        />
      </form>
      <List
        caption={places.approvals}
        read={read}
        keyOf={({ approvalId }) => approvalId}
        columns={columnsOf(words)}
        empty={mine === 'to-decide' ? approvals.emptyMine : approvals.empty}
      />
    </>
  );
}

function columnsOf({ approvals, common }: Words): Column<Approval>[] {
  return [
    {
      name: approvals.kind,
      show: ({ approvalId, kind }) => (
        <Link to={`/console/approvals/${approvalId}`}>{wordFor(approvals.kinds, kind)}</Link>
      ),
    },
    { name: approvals.about, show: ({ subject }) => <bdi>{subject}</bdi> },
    { name: common.amount, isNumber: true, show: ({ amount }) => <Amount of={amount} /> },
    {
      name: approvals.askedBy,
      isMinor: true,
      show: ({ askedBy }) => <bdi>{askedBy?.name ?? common.system}</bdi>,
    },
    { name: approvals.askedAt, isMinor: true, show: ({ askedAt }) => <Moment of={askedAt} /> },
    {
      name: common.state,
      show: ({ state, step, steps }) => (
        <>
          <State of={state} names={approvals.states} tones={APPROVAL_TONES} />
          {state === 'open' && steps > 1 && <p class="hint">{fill(approvals.step, { step, steps })}</p>}
        </>
      ),
    },
  ];
}

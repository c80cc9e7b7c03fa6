// One break: both sides beside each other, what has been done about it, and the ways in which it may end.

import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { Facts, Panel, type Fact } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { History } from '../parts/history.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Day, Moment, State } from '../parts/shown.tsx';
import { isOperator } from '../parts/biller-choice.tsx';
import type { PageProps } from '../place.ts';
import { call } from '../reach/call.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { Resolve } from './break-resolve.tsx';
import { BREAK_TONES, type WholeBreak } from './break-shape.ts';
import { SidePanel } from './break-side.tsx';

export default function BreakPage({ named, staff }: PageProps) {
  const { breaks } = useWords();
  const path = `/v1/breaks/${encodeURIComponent(named['breakId'] ?? '')}`;
  const read = useRead<WholeBreak>(path);
  const [isResolving, setResolving] = useState(false);
  const take = async (): Promise<void> => {
    await call({ method: 'POST', path: `${path}/owner`, body: { login: staff.login } });
    read.again();
  };
  return (
    <Loaded read={read}>
      {(one) => (
        <>
          <Head
            title={wordFor(breaks.kinds, one.kind)}
            under={<State of={one.state} names={breaks.states} tones={BREAK_TONES} />}
          >
            {isOperator(staff) && one.state === 'open' && one.owner?.login !== staff.login && (
              <Button onClick={() => void take()}>{breaks.take}</Button>
            )}
            {isOperator(staff) && one.mayEndBy.length > 0 && one.approvalId === null && (
              <Button kind="main" onClick={() => setResolving(true)}>
                {breaks.resolve}
              </Button>
            )}
          </Head>
          {one.approvalId !== null && (
            <p class={one.state === 'open' ? 'note wait' : 'note good'}>
              <Link to={`/console/approvals/${one.approvalId}`}>
                {one.state === 'open' ? breaks.asked : breaks.endedBy}
              </Link>
            </p>
          )}
          <About of={one} />
          <div class="panels">
            <SidePanel title={breaks.ours} side={one.ours} />
            <SidePanel title={breaks.theirs} side={one.theirs} />
          </div>
          <Happened of={one} />
          {isResolving && (
            <Resolve
              of={one}
              close={(isDone) => {
                setResolving(false);
                if (isDone) read.again();
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

function About({ of }: { of: WholeBreak }) {
  const { breaks, common } = useWords();
  const facts: Fact[] = [
    [common.amount, <Amount key="a" of={of.amount} />],
    [breaks.since, <Moment key="s" of={of.since} />],
    [breaks.owner, <bdi key="o">{of.owner?.name ?? '–'}</bdi>],
    [common.biller, <Code key="b" of={of.billerCode} />],
    [breaks.channel, <Code key="c" of={of.channelCode} />],
    [breaks.businessDate, <Day key="d" of={of.businessDate} />],
    [breaks.reference, <Code key="r" of={of.reference} canCopy />],
  ];
  if (of.suspense !== null) facts.push([breaks.suspense, <Amount key="u" of={of.suspense} />]);
  if (of.paymentId !== null)
    facts.push([
      breaks.payment,
      <Link key="p" to={`/console/payments/${of.paymentId}`}>
        <Code of={of.paymentId} />
      </Link>,
    ]);
  return (
    <Panel>
      <Facts of={facts} />
    </Panel>
  );
}

function Happened({ of }: { of: WholeBreak }) {
  const { breaks, common } = useWords();
  const steps = of.history.map((each) => ({
    what: (
      <>
        <bdi>{each.by?.name ?? common.system}</bdi> · {wordFor(breaks.acts, each.action)}
      </>
    ),
    at: each.at,
    said: each.comment,
  }));
  return <History title={breaks.history} steps={steps} />;
}

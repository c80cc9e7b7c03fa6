// One dispute or case: what is said, the evidence, the deadline, and how it is decided.

import { useState } from 'preact/hooks';
import { isOperator } from '../parts/biller-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Head } from '../parts/head.tsx';
import { History } from '../parts/history.tsx';
import { Link } from '../parts/link.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Moment, State } from '../parts/shown.tsx';
import type { PageProps } from '../place.ts';
import { useRead } from '../reach/use-read.ts';
import { wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { ActOnDispute, type DisputeAct } from './dispute-act.tsx';
import { DISPUTE_TONES, UNDECIDED, type WholeDispute } from './dispute-shape.ts';

export default function DisputePage({ named, staff }: PageProps) {
  const { disputes } = useWords();
  const read = useRead<WholeDispute>(`/v1/disputes/${encodeURIComponent(named['disputeId'] ?? '')}`);
  const [act, setAct] = useState<DisputeAct>();
  return (
    <Loaded read={read}>
      {(dispute) => (
        <>
          <Head
            title={dispute.caseNumber ?? dispute.reference}
            under={
              <>
                <State of={dispute.state} names={disputes.states} tones={DISPUTE_TONES} />{' '}
                {dispute.outcome !== null && wordFor(disputes.outcomes, dispute.outcome)}{' '}
                {dispute.overdue && <span class="fault">{disputes.overdue}</span>}
              </>
            }
          >
            {isOperator(staff) && <Acts of={dispute} choose={setAct} />}
          </Head>
          {dispute.approvalId !== null && (
            <p class="note wait">
              <Link to={`/console/approvals/${dispute.approvalId}`}>{disputes.toApproval}</Link>
            </p>
          )}
          <About of={dispute} />
          <Evidence of={dispute} />
          <Happened of={dispute} />
          {act && (
            <ActOnDispute
              of={dispute}
              act={act}
              close={(isDone) => {
                setAct(undefined);
                if (isDone) read.again();
              }}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

function Acts({ of, choose }: { of: WholeDispute; choose: (act: DisputeAct) => void }) {
  const { disputes } = useWords();
  const isUndecided = UNDECIDED.includes(of.state);
  return (
    <>
      {of.state === 'opened' && <Button onClick={() => choose('review')}>{disputes.review}</Button>}
      {isUndecided && <Button onClick={() => choose('withdrawal')}>{disputes.withdraw}</Button>}
      {isUndecided && of.approvalId === null && (
        <Button kind="main" onClick={() => choose('decisions')}>
          {disputes.decide}
        </Button>
      )}
      {(of.state === 'upheld' || of.state === 'refused') && (
        <Button kind="main" onClick={() => choose('closing')}>
          {disputes.close}
        </Button>
      )}
    </>
  );
}

function About({ of }: { of: WholeDispute }) {
  const { disputes, common } = useWords();
  return (
    <Panel>
      <Facts
        of={[
          [disputes.reason, wordFor(disputes.reasons, of.reason)],
          [common.amount, <Amount key="a" of={of.amount} />],
          [disputes.openedBy, wordFor(disputes.openers, of.openedBy)],
          [disputes.opened, <Moment key="o" of={of.openedAt} />],
          [disputes.due, <Moment key="d" of={of.dueAt} />],
          [disputes.channel, <Code key="c" of={of.channelCode} />],
          [common.biller, <Code key="b" of={of.billerCode} />],
          [
            disputes.payment,
            <Link key="p" to={`/console/payments/${of.paymentId}`}>
              <Code of={of.paymentReference} />
            </Link>,
          ],
          of.breakId !== null && [
            disputes.break,
            <Link key="k" to={`/console/breaks/${of.breakId}`}>
              <Code of={of.breakId} />
            </Link>,
          ],
        ]}
      />
      {of.words !== null && (
        <blockquote>
          <bdi>{of.words}</bdi>
        </blockquote>
      )}
    </Panel>
  );
}

function Evidence({ of }: { of: WholeDispute }) {
  const { disputes } = useWords();
  return (
    <Panel title={disputes.evidence}>
      {of.evidence.length === 0 && <p class="none">{disputes.noEvidence}</p>}
      <ul>
        {of.evidence.map(({ attachmentId, name }) => (
          <li key={attachmentId}>
            <a href={`/v1/disputes/${of.disputeId}/evidence/${attachmentId}`} download={name}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Happened({ of }: { of: WholeDispute }) {
  const { disputes, common } = useWords();
  const steps = of.history.map((each) => ({
    what: (
      <>
        <bdi>{each.by?.name ?? each.client ?? common.system}</bdi> · {wordFor(disputes.acts, each.action)}
      </>
    ),
    at: each.at,
    said: each.comment,
  }));
  return <History title={disputes.history} steps={steps} />;
}

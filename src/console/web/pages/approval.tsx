// One request: what would be done, who asked, what has happened, and the decision.

import { useState } from 'preact/hooks';
import { Head } from '../parts/head.tsx';
import { History } from '../parts/history.tsx';
import { Ask } from '../parts/ask.tsx';
import { Button } from '../parts/button.tsx';
import { Facts, Panel, type Fact } from '../parts/facts.tsx';
import { TextArea } from '../parts/field.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Amount, Code, Moment, State } from '../parts/shown.tsx';
import type { PageProps } from '../place.ts';
import { call } from '../reach/call.ts';
import { useRead } from '../reach/use-read.ts';
import { fill, wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import { APPROVAL_TONES, type WholeApproval } from './approval-shape.ts';

type Act = 'accept' | 'reject' | 'return' | 'withdrawal';

export default function ApprovalPage({ named, staff }: PageProps) {
  const read = useRead<WholeApproval>(`/v1/approvals/${encodeURIComponent(named['approvalId'] ?? '')}`);
  const [act, setAct] = useState<Act>();
  return (
    <Loaded read={read}>
      {(approval) => (
        <>
          <ApprovalHead approval={approval} isMine={approval.askedBy?.login === staff.login} ask={setAct} />
          <What approval={approval} />
          <Happened of={approval} />
          {act && (
            <Decide
              approval={approval}
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

interface HeadProps {
  approval: WholeApproval;
  isMine: boolean;
  ask: (act: Act) => void;
}

function ApprovalHead({ approval, isMine, ask }: HeadProps) {
  const { approvals } = useWords();
  const { state, step, steps, mayDecide } = approval;
  return (
    <Head
      title={wordFor(approvals.kinds, approval.kind)}
      under={
        <>
          <State of={state} names={approvals.states} tones={APPROVAL_TONES} />{' '}
          {state === 'open' && steps > 1 && fill(approvals.step, { step, steps })}
        </>
      }
    >
      {isMine && (state === 'open' || state === 'returned') && (
        <Button onClick={() => ask('withdrawal')}>{approvals.withdraw}</Button>
      )}
      {mayDecide && (
        <>
          {approval.askedBy !== null && <Button onClick={() => ask('return')}>{approvals.return}</Button>}
          <Button kind="danger" onClick={() => ask('reject')}>
            {approvals.reject}
          </Button>
          <Button kind="main" icon="check" onClick={() => ask('accept')}>
            {approvals.accept}
          </Button>
        </>
      )}
    </Head>
  );
}

function What({ approval }: { approval: WholeApproval }) {
  const { approvals, common } = useWords();
  const facts: Fact[] = [
    [approvals.about, <bdi key="about">{approval.subject}</bdi>],
    [common.amount, <Amount key="amount" of={approval.amount} />],
    [approvals.reference, <Code key="reference" of={approval.reference} canCopy />],
    [approvals.askedBy, <bdi key="by">{approval.askedBy?.name ?? common.system}</bdi>],
    [approvals.askedAt, <Moment key="at" of={approval.askedAt} />],
  ];
  return (
    <Panel title={approvals.content}>
      <Facts of={facts} />
      <Contents of={approval.content} />
      <h3>{approvals.attachments}</h3>
      {approval.attachments.length === 0 && <p class="hint">{approvals.noAttachments}</p>}
      <ul>
        {approval.attachments.map(({ attachmentId, name }) => (
          <li key={attachmentId}>
            <a href={`/v1/approvals/${approval.approvalId}/attachments/${attachmentId}`} download={name}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The fields of the kind, by the names that the API gives them: whoever decides sees all that is asked. */
function Contents({ of }: { of: Readonly<Record<string, unknown>> }) {
  const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return (
    <Facts of={Object.entries(of).map(([name, value]) => [name, <bdi key={name}>{shown(value)}</bdi>])} />
  );
}

function Happened({ of }: { of: WholeApproval }) {
  const { approvals, common } = useWords();
  const steps = of.history.map((each) => ({
    what: (
      <>
        <bdi>{each.by?.name ?? common.system}</bdi> {wordFor(approvals.acts, each.action)}
      </>
    ),
    at: each.at,
    said: each.comment,
  }));
  return <History title={approvals.history} steps={steps} />;
}

interface DecideProps {
  approval: WholeApproval;
  act: Act;
  close: (isDone: boolean) => void;
}

function Decide({ approval, act, close }: DecideProps) {
  const { approvals, common } = useWords();
  const [comment, setComment] = useState('');
  const told = {
    accept: [approvals.accept, approvals.acceptWhat],
    reject: [approvals.reject, approvals.rejectWhat],
    return: [approvals.return, approvals.returnWhat],
    withdrawal: [approvals.withdraw, approvals.withdrawWhat],
  } as const;
  const needsWords = act === 'reject' || act === 'return';
  const body = {
    ...(comment.trim() !== '' && { comment: comment.trim() }),
    ...(act !== 'withdrawal' && { round: approval.round }),
  };
  return (
    <Ask
      title={told[act][0]}
      verb={told[act][0]}
      isDangerous={act === 'reject'}
      canDo={!needsWords || comment.trim() !== ''}
      act={() => call({ method: 'POST', path: `/v1/approvals/${approval.approvalId}/${act}`, body })}
      close={close}
    >
      <p>
        <bdi>{approval.summary}</bdi>
      </p>
      <p>{told[act][1]}</p>
      <TextArea label={common.comment} value={comment} onValue={setComment} />
    </Ask>
  );
}

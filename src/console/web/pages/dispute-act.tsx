// What the desk does about a dispute: reviews it, asks for a decision that another approves, closes or withdraws it.

import { useState } from 'preact/hooks';
import { Ask } from '../parts/ask.tsx';
import { Choice, TextArea } from '../parts/field.tsx';
import { call } from '../reach/call.ts';
import { wordFor } from '../words/fill.ts';
import { useWords } from '../words/words.ts';
import type { WholeDispute } from './dispute-shape.ts';

export type DisputeAct = 'review' | 'withdrawal' | 'closing' | 'decisions';

const OUTCOMES = ['refund-to-credit', 'chargeback', 'absorb', 'uphold', 'refuse'] as const;

interface ActProps {
  of: WholeDispute;
  act: DisputeAct;
  close: (isDone: boolean) => void;
}

export function ActOnDispute({ of, act, close }: ActProps) {
  const { disputes, common } = useWords();
  const [outcome, setOutcome] = useState<string>(OUTCOMES[0]);
  const [words, setWords] = useState('');
  // One request for this dialog, however often it is sent.
  const [reference] = useState(() => `DESK-${crypto.randomUUID()}`);
  const isDecision = act === 'decisions';
  const names = {
    review: disputes.review,
    withdrawal: disputes.withdraw,
    closing: disputes.close,
    decisions: disputes.decide,
  };
  const said = words.trim();
  const body = isDecision ? { reference, outcome, words: said } : said === '' ? {} : { comment: said };
  return (
    <Ask
      title={names[act]}
      verb={names[act]}
      isDangerous={act === 'withdrawal'}
      canDo={!isDecision || said !== ''}
      act={() => call({ method: 'POST', path: `/v1/disputes/${of.disputeId}/${act}`, body })}
      close={close}
    >
      <p>{disputes.does[act]}</p>
      {isDecision && (
        <>
          <Choice
            label={disputes.outcome}
            value={outcome}
            onValue={setOutcome}
            options={OUTCOMES.map((each) => [each, wordFor(disputes.outcomes, each)] as const)}
          />
          <p class="note">{wordFor(disputes.outcomeDoes, outcome)}</p>
        </>
      )}
      <TextArea label={isDecision ? disputes.words : common.comment} value={words} onValue={setWords} />
    </Ask>
  );
}

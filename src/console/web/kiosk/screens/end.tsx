// The end of a payment: delivered, or on its way for longer than anybody waits; either way with a slip in the payer's hand.

import { useEffect, useState } from 'preact/hooks';
import { fill } from '../../words/fill.ts';
import { Icon } from '../../parts/icon.tsx';
import { useKiosk } from '../kiosk-context.ts';
import { Paper } from '../paper.tsx';
import { Amount, Code, Lines, Told } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { partsOf, takenOf, textOf, type Taking } from '../taking.ts';

const PATIENCE_MS = 25_000;
const SHOWN_MS = 30_000;

type Stage = 'sending' | 'waiting' | 'done';

export function EndScreen({ taking }: { taking: Taking }) {
  const { book, machine, prints, startOver } = useKiosk();
  const { words } = useSpeech();
  const [isLate, setLate] = useState(false);
  const stage: Stage = taking.step === 'done' ? 'done' : isLate ? 'waiting' : 'sending';
  const print = (): void => (prints ? machine?.send({ type: 'print' }) : window.print());
  useEffect(() => {
    if (stage === 'done') return undefined;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [stage]);
  useEffect(() => {
    if (stage === 'sending') return undefined;
    print();
    // Printed twice after a loss of power is better than never.
    void book.change(taking.reference, (known) => ({ ...known, isTold: true }));
    const timer = setTimeout(startOver, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stage]);
  if (stage === 'sending')
    return (
      <section class="screen end" role="status">
        <span class="turning" aria-hidden="true" />
        <h2>{words.sending}</h2>
        <p>{words.sendingText}</p>
      </section>
    );
  return (
    <section class="screen end">
      <Result taking={taking} stage={stage} />
      <footer class="choices">
        <button type="button" class="big" onClick={print}>
          {words.print}
        </button>
        <button type="button" class="big main" onClick={startOver}>
          {words.done}
        </button>
      </footer>
      <Paper taking={taking} />
    </section>
  );
}

function Result({ taking, stage }: { taking: Taking; stage: Exclude<Stage, 'sending'> }) {
  const { words } = useSpeech();
  const { outcome, restOutcome, total } = taking;
  const { paid, credited, held } = partsOf(taking);
  const of = (minor: bigint) => <Amount of={textOf(minor, total.currency)} />;
  const isPaid = outcome?.status === 'accepted';
  const [title, text] =
    stage === 'waiting'
      ? [words.waiting, words.waitingText]
      : isPaid
        ? [words.accepted, words.acceptedText]
        : credited > 0n
          ? [words.credited, fill(words.creditedText, { biller: taking.billerName })]
          : [words.held, words.heldText];
  const receipt = outcome?.payment?.receiptNumber;
  const problem = outcome?.problem ?? restOutcome?.problem;
  const isDone = stage === 'done';
  return (
    <div class="result" role="status">
      {isDone && isPaid && (
        <span class="tick">
          <Icon name="check" size={64} />
        </span>
      )}
      <h2>{title}</h2>
      <p>{text}</p>
      {isDone && problem !== undefined && <Told tone="bad">{problem.title}</Told>}
      <Lines
        of={[
          [words.paper.taken, of(takenOf(taking))],
          isDone && paid > 0n && [words.paper.paid, of(paid)],
          isDone && credited > 0n && [words.paper.credited, of(credited)],
          isDone && held > 0n && [words.paper.held, of(held)],
          receipt !== undefined && [words.paper.receiptNumber, <Code of={receipt} />],
          [words.paper.reference, <Code of={taking.reference} />],
        ]}
      />
    </div>
  );
}

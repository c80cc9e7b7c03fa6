// What became of a payment whose slip somebody holds: the gateway is asked by the slip's reference.

import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../reach/call.ts';
import { useKiosk } from '../kiosk-context.ts';
import { FoundPaper } from '../paper.tsx';
import { Amount, Code, Lines, Told, ToldProblem } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import type { Outcome } from '../taking.ts';

export function SlipScreen({ reference, outcome }: { reference: string; outcome: Outcome | undefined }) {
  const { ask, book, machine, prints, go, courier, startOver } = useKiosk();
  const { words } = useSpeech();
  const [problem, setProblem] = useState<Problem>();
  const [isKept, setKept] = useState(false);
  useEffect(() => {
    courier.nudge();
    setProblem(undefined);
    void book.takings().then((all) => setKept(all.some((each) => each.reference === reference)));
    void ask<Outcome>({ path: `/v1/payments/by-reference/${reference}` }).then((answer) => {
      if (answer.ok) go({ at: 'slip', reference, outcome: answer.body });
      else setProblem(answer.problem);
    });
  }, [reference]);
  const print = (): void => (prints ? machine?.send({ type: 'print' }) : window.print());
  return (
    <section class="screen end">
      {outcome !== undefined && <Found outcome={outcome} reference={reference} />}
      {outcome === undefined && problem === undefined && <p role="status">{words.looking}</p>}
      {outcome === undefined &&
        problem !== undefined &&
        (isKept ? (
          <Told>{words.waiting}</Told>
        ) : (
          <ToldProblem problem={problem} missing={words.unknownSlip} />
        ))}
      <footer class="choices">
        {outcome !== undefined && (
          <button type="button" class="big" onClick={print}>
            {words.print}
          </button>
        )}
        <button type="button" class="big main" onClick={startOver}>
          {words.done}
        </button>
      </footer>
    </section>
  );
}

function Found({ outcome, reference }: { outcome: Outcome; reference: string }) {
  const { words } = useSpeech();
  const { payment, status, problem } = outcome;
  const title = status === 'refused' ? words.held : words[status];
  return (
    <div class="result" role="status">
      <h2>{title}</h2>
      {status === 'refused' && <p>{words.heldText}</p>}
      {problem !== undefined && <Told tone="bad">{problem.title}</Told>}
      <Lines
        of={[
          payment && [words.total, <Amount of={payment.total} />],
          payment && [words.paper.receiptNumber, <Code of={payment.receiptNumber} />],
          [words.paper.reference, <Code of={reference} />],
        ]}
      />
      <FoundPaper reference={reference} outcome={outcome} />
    </div>
  );
}

// What this machine still has to see to its end: payments on their way, and money to be paid back by whoever runs it.

import { useEffect, useState } from 'preact/hooks';
import { fill } from '../../words/fill.ts';
import type { Book } from '../book.ts';
import { Dialog } from '../dialog.tsx';
import { Amount, amountText, Code, Moment } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { partsOf, takenOf, textOf, type Taking } from '../taking.ts';

export function OpenTakings({ book }: { book: Book }) {
  const { words, language } = useSpeech();
  const [takings, setTakings] = useState<readonly Taking[]>([]);
  const [settling, setSettling] = useState<Taking>();
  const read = (): void => void book.takings().then(setTakings);
  useEffect(read, [book]);
  const waiting = takings.filter(({ step }) => step !== 'done');
  const held = takings.filter((taking) => taking.step === 'done' && partsOf(taking).held > 0n);
  const heldOf = (taking: Taking) => textOf(partsOf(taking).held, taking.total.currency);
  const strike = async ({ reference }: Taking): Promise<void> => {
    await book.strike(reference);
    setSettling(undefined);
    read();
  };
  return (
    <>
      <h3>{words.setUp.waiting}</h3>
      <Rows takings={waiting} amountOf={(each) => textOf(takenOf(each), each.total.currency)} />
      <h3>{words.setUp.held}</h3>
      <Rows takings={held} amountOf={heldOf} settle={setSettling} />
      {settling !== undefined && (
        <Dialog title={words.setUp.settle} onClose={() => setSettling(undefined)}>
          <p>
            {fill(words.setUp.settleText, {
              reference: settling.reference,
              amount: amountText(heldOf(settling), language),
            })}
          </p>
          <footer>
            <button type="button" class="big" onClick={() => setSettling(undefined)}>
              {words.cancel}
            </button>
            <button type="button" class="big main" onClick={() => void strike(settling)}>
              {words.setUp.settle}
            </button>
          </footer>
        </Dialog>
      )}
    </>
  );
}

interface RowsProps {
  takings: readonly Taking[];
  amountOf: (taking: Taking) => { value: string; currency: string };
  settle?: (taking: Taking) => void;
}

function Rows({ takings, amountOf, settle }: RowsProps) {
  const { words } = useSpeech();
  if (takings.length === 0) return <p class="hint">{words.setUp.none}</p>;
  return (
    <ul class="bills">
      {takings.map((taking) => (
        <li key={taking.reference} class="row">
          <span>
            <Code of={taking.reference} />
            <Moment of={taking.startedAt} />
            {taking.outcome?.problem && <span>{taking.outcome.problem.title}</span>}
          </span>
          <span class="end">
            <Amount of={amountOf(taking)} />
            {settle && (
              <button type="button" class="big" onClick={() => settle(taking)}>
                {words.setUp.settle}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

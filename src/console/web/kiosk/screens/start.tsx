// The start: whom to pay. Nothing of any payer is on it.

import { useEffect } from 'preact/hooks';
import { fill } from '../../words/fill.ts';
import { CameraScan } from '../camera.tsx';
import type { Offer } from '../book.ts';
import { useKiosk } from '../kiosk-context.ts';
import { Told } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { isReference } from '../taking.ts';

export function StartScreen({ billNumber }: { billNumber: string | undefined }) {
  const { offers, go } = useKiosk();
  const { words, language } = useSpeech();
  const { items = [], problem, again } = offers;
  const open = (offer: Offer): void =>
    go({ at: 'number', offer, ...(billNumber !== undefined && { billNumber }) });
  const [only] = items;
  useEffect(() => {
    if (billNumber !== undefined && only !== undefined && items.length === 1) open(only);
  }, [billNumber, items]);
  const scanned = (text: string): void =>
    isReference(text)
      ? go({ at: 'slip', reference: text, outcome: undefined })
      : go({ at: 'start', billNumber: text });
  if (offers.items === undefined && problem === undefined) return null;
  return (
    <section class="screen start">
      <h2>{billNumber === undefined ? words.welcome : fill(words.whoseBill, { number: billNumber })}</h2>
      {problem !== undefined && (
        <Told tone="bad">
          <strong>{words.closedTitle}</strong>
          <p>{problem.code === 'no-answer' ? words.closedNoLine : problem.title}</p>
          <button type="button" class="big" onClick={again}>
            {words.again}
          </button>
        </Told>
      )}
      {problem === undefined && items.length === 0 && <Told>{words.closedNone}</Told>}
      <ul class="offers">
        {items.map((offer) => (
          <li key={offer.billerCode}>
            <button type="button" class="offer" disabled={problem !== undefined} onClick={() => open(offer)}>
              {offer.names[language] ?? offer.names.en ?? offer.billerCode}
            </button>
          </li>
        ))}
      </ul>
      <p class="hint">{words.scanHint}</p>
      <CameraScan scanned={scanned} />
    </section>
  );
}

/** The acceptor does not answer: nobody is asked for money. */
export function Closed({ again }: { again: () => void }) {
  const { words } = useSpeech();
  return (
    <section class="screen">
      <h2>{words.closedTitle}</h2>
      <Told tone="bad">{words.closedNoMachine}</Told>
      <button type="button" class="big" onClick={again}>
        {words.again}
      </button>
    </section>
  );
}

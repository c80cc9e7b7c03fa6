// The number of a bill or of a payer: touched, typed or scanned.

import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../reach/call.ts';
import type { Offer } from '../book.ts';
import { inquire } from '../inquiry.ts';
import { Keys } from '../keys.tsx';
import { useKiosk } from '../kiosk-context.ts';
import { ToldProblem } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { isReference } from '../taking.ts';

interface NumberProps {
  offer: Offer;
  billNumber?: string;
}

type By = 'bill' | 'payer';

export function NumberScreen({ offer, billNumber }: NumberProps) {
  const { ask, go, startOver } = useKiosk();
  const { words, language } = useSpeech();
  const [by, setBy] = useState<By>('bill');
  const [typed, setTyped] = useState(billNumber ?? '');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const look = async (number: string): Promise<void> => {
    if (number === '' || isBusy) return;
    if (isReference(number)) return go({ at: 'slip', reference: number, outcome: undefined });
    setBusy(true);
    setProblem(undefined);
    const answer = await inquire(ask, offer, by === 'bill' ? { billNumber: number } : { payerId: number });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    const [only, ...more] = answer.body.bills;
    if (only === undefined || more.length > 0) go({ at: 'bills', offer, inquiry: answer.body });
    else go({ at: 'bill', offer, inquiry: answer.body, bill: only });
  };
  useEffect(() => {
    if (billNumber !== undefined) void look(billNumber);
  }, []);
  return (
    <form
      class="screen number"
      onSubmit={(event) => {
        event.preventDefault();
        void look(typed.trim());
      }}
    >
      <p class="whom">{offer.names[language] ?? offer.names.en}</p>
      <Either by={by} choose={setBy} />
      <label for="number">{by === 'bill' ? words.enterBill : words.enterPayer}</label>
      <input
        id="number"
        class="entry code"
        dir="ltr"
        inputMode="none"
        autocomplete="off"
        spellcheck={false}
        maxLength={64}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {problem !== undefined && <ToldProblem problem={problem} missing={words.notFound} />}
      <Keys of="code" value={typed} onValue={setTyped} />
      <footer class="choices">
        <button type="button" class="big" onClick={startOver}>
          {words.startOver}
        </button>
        <button type="submit" class="big main" aria-busy={isBusy} disabled={isBusy || typed.trim() === ''}>
          {isBusy ? words.looking : words.search}
        </button>
      </footer>
    </form>
  );
}

function Either({ by, choose }: { by: By; choose: (by: By) => void }) {
  const { words } = useSpeech();
  const names = [
    ['bill', words.byBill],
    ['payer', words.byPayer],
  ] as const;
  return (
    <div class="either" role="group">
      {names.map(([each, name]) => (
        <button key={each} type="button" aria-pressed={by === each} onClick={() => choose(each)}>
          {name}
        </button>
      ))}
    </div>
  );
}

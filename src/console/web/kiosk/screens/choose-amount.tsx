// Where the payer may choose: the gateway says whether the bill takes it and what it costs.

import { useState } from 'preact/hooks';
import type { MoneyText } from '../../../../kernel/money.ts';
import type { Problem } from '../../reach/call.ts';
import { fill } from '../../words/fill.ts';
import type { Offer } from '../book.ts';
import { inquire, type Bill } from '../inquiry.ts';
import { Keys } from '../keys.tsx';
import { useKiosk } from '../kiosk-context.ts';
import { amountText, ToldProblem } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { typedAmount } from '../typed-amount.ts';

interface ChooseProps {
  offer: Offer;
  bill: Bill;
  chosen: (priced: Bill, amount: MoneyText) => void;
  leave: () => void;
}

export function ChooseAmount({ offer, bill, chosen, leave }: ChooseProps) {
  const { ask } = useKiosk();
  const { words } = useSpeech();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const amount = typedAmount(typed, offer.currency);
  const submit = async (): Promise<void> => {
    if (amount === undefined) return;
    setBusy(true);
    setProblem(undefined);
    const answer = await inquire(ask, offer, { billNumber: bill.billNumber, amount });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    const [priced] = answer.body.bills;
    if (priced !== undefined) chosen(priced, amount);
  };
  return (
    <form
      class="screen number"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2>{words.chooseAmount}</h2>
      <label for="amount">
        {words.amount} · {offer.currency}
      </label>
      <input
        id="amount"
        class="entry"
        dir="ltr"
        inputMode="none"
        autocomplete="off"
        maxLength={16}
        value={typed}
        aria-describedby="bounds"
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <Bounds bill={bill} />
      {problem !== undefined && <ToldProblem problem={problem} />}
      <Keys of="digits" value={typed} onValue={setTyped} />
      <footer class="choices">
        <button type="button" class="big" onClick={leave}>
          {words.cancel}
        </button>
        <button type="submit" class="big main" aria-busy={isBusy} disabled={isBusy || amount === undefined}>
          {words.continue}
        </button>
      </footer>
    </form>
  );
}

function Bounds({ bill: { min, max, step, amountDue } }: { bill: Bill }) {
  const { words, language } = useSpeech();
  const text = (of: MoneyText): string => amountText(of, language);
  return (
    <p class="hint" id="bounds">
      {amountDue !== null && `${words.due}: ${text(amountDue)}`}
      {min && max && fill(words.between, { min: text(min), max: text(max) })}
      {step && `, ${fill(words.step, { step: text(step) })}`}
    </p>
  );
}

// The open bills of a payer, or those of a pay code: one is chosen and paid.

import type { Offer } from '../book.ts';
import type { Inquiry } from '../inquiry.ts';
import { useKiosk } from '../kiosk-context.ts';
import { Amount, Code, Day, Told } from '../shown.tsx';
import { useSpeech } from '../speech.ts';

export function BillsScreen({ offer, inquiry }: { offer: Offer; inquiry: Inquiry }) {
  const { go, startOver } = useKiosk();
  const { words } = useSpeech();
  return (
    <section class="screen">
      <h2>{words.openBills}</h2>
      {inquiry.bills.length === 0 && <Told>{words.noBills}</Told>}
      <ul class="bills">
        {inquiry.bills.map((bill) => (
          <li key={bill.billNumber}>
            <button type="button" onClick={() => go({ at: 'bill', offer, inquiry, bill })}>
              <span>
                <strong>{bill.description}</strong>
                <Code of={bill.billNumber} />
              </span>
              <span class="end">
                {bill.amountDue !== null && <Amount of={bill.amountDue} />}
                <Day of={bill.dueOn} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <footer class="choices">
        <button type="button" class="big" onClick={startOver}>
          {words.startOver}
        </button>
        <button type="button" class="big" onClick={() => go({ at: 'number', offer })}>
          {words.back}
        </button>
      </footer>
    </section>
  );
}

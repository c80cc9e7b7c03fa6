// One bill: what it owes, what the payer chooses where he may, and what it comes to in cash.

import { useState } from 'preact/hooks';
import { systemClock } from '../../../../kernel/clock.ts';
import type { MoneyText } from '../../../../kernel/money.ts';
import { fill } from '../../words/fill.ts';
import type { Offer } from '../book.ts';
import type { Bill, Inquiry } from '../inquiry.ts';
import { useKiosk } from '../kiosk-context.ts';
import { Amount, amountText, Code, Day, Lines, Told } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { minorOf, newReference, type Taking } from '../taking.ts';
import { ChooseAmount } from './choose-amount.tsx';

interface BillProps {
  offer: Offer;
  inquiry: Inquiry;
  bill: Bill;
}

export function BillScreen({ offer, inquiry, bill: asked }: BillProps) {
  const { go, startOver } = useKiosk();
  const { words, language } = useSpeech();
  const [bill, setBill] = useState(asked);
  const [amount, setAmount] = useState<MoneyText | null>(asked.amountDue);
  const [isChoosing, setChoosing] = useState(asked.status === 'open' && asked.amountDue === null);
  const isOpen = bill.status === 'open';
  const limit = offer.limitPerPayment;
  const isTooMuch = bill.total !== null && limit !== undefined && minorOf(bill.total) > minorOf(limit);
  if (isChoosing)
    return (
      <ChooseAmount
        offer={offer}
        bill={asked}
        leave={() => (amount === null ? startOver() : setChoosing(false))}
        chosen={(priced, chosen) => {
          setBill(priced);
          setAmount(chosen);
          setChoosing(false);
        }}
      />
    );
  return (
    <section class="screen">
      <h2>{bill.description}</h2>
      <BillLines bill={bill} amount={amount} />
      {inquiry.stale && <Told>{words.stale}</Told>}
      {inquiry.credit !== undefined && (
        <p class="hint">{fill(words.credit, { amount: amountText(inquiry.credit, language) })}</p>
      )}
      {bill.status !== 'open' && <Told>{words.states[bill.status]}</Told>}
      {isTooMuch && <Told tone="bad">{fill(words.tooMuch, { amount: amountText(limit, language) })}</Told>}
      {isOpen && !isTooMuch && amount !== null && <Pay offer={offer} bill={bill} amount={amount} />}
      {isOpen && bill.policy !== 'exact' && (bill.policy === 'at-least' || asked.amountDue === null) && (
        <button type="button" class="big" onClick={() => setChoosing(true)}>
          {asked.amountDue === null ? words.chooseAmount : words.payMore}
        </button>
      )}
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

function BillLines({ bill, amount }: { bill: Bill; amount: MoneyText | null }) {
  const { words } = useSpeech();
  const isOpen = bill.status === 'open';
  const isChosen = amount !== null && amount.value !== bill.amountDue?.value;
  return (
    <Lines
      of={[
        [words.billNumber, <Code of={bill.billNumber} />],
        [words.payer, <bdi>{bill.payerName}</bdi>],
        [words.dueOn, <Day of={bill.dueOn} />],
        isOpen && bill.amountDue !== null && [words.due, <Amount of={bill.amountDue} />],
        isOpen && minorOf(bill.penalty) > 0n && [words.penalty, <Amount of={bill.penalty} />],
        isOpen && isChosen && [words.amount, <Amount of={amount} />],
        isOpen && bill.fee !== null && [words.fee, <Amount of={bill.fee} />],
        isOpen &&
          bill.total !== null && [
            words.total,
            <strong class="sum">
              <Amount of={bill.total} />
            </strong>,
          ],
      ]}
    />
  );
}

function Pay({ offer, bill, amount }: { offer: Offer; bill: Bill; amount: MoneyText }) {
  const { book, go } = useKiosk();
  const { words, language } = useSpeech();
  const { fee, total } = bill;
  const biller = offer.names[language] ?? offer.names.en ?? offer.billerCode;
  if (fee === null || total === null) return null;
  const begin = (): void => {
    const taking: Taking = {
      reference: newReference(),
      step: 'cash',
      billerCode: offer.billerCode,
      billerName: biller,
      billNumber: bill.billNumber,
      quoteId: bill.quoteId,
      amount,
      fee,
      total,
      language,
      startedAt: systemClock.now().toISOString(),
      notes: [],
      isTold: false,
    };
    void book.put(taking).then(() => go({ at: 'cash', taking }));
  };
  return (
    <>
      <p class="hint">{fill(words.noChange, { biller })}</p>
      <button type="button" class="big main" onClick={begin}>
        {words.payThis} <Amount of={total} />
      </button>
    </>
  );
}

// What a payment may not be, whatever its bills say: too large for the books, or money held by a machine in a currency
// that the agency does not take. It goes before credit, so that limits in one currency cannot be passed by another.

import type { Biller } from '../billers/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { LARGEST_PAYMENT, toText } from '../kernel/money.ts';
import type { PaymentCommand } from './command.ts';

/** `amount-out-of-range` above LARGEST_PAYMENT; `currency-mismatch` for held cash that is not in the biller's currency. */
export function refusedOutright(command: PaymentCommand, biller: Biller): Refusal | undefined {
  const { items, cashHeld, feeMinor = 0n } = command;
  const given = items[0]?.currency ?? biller.currency;
  if (cashHeld && given !== biller.currency) {
    const facts = { field: 'amount', expected: biller.currency, given };
    const bills = items.map(({ billNumber }) => ({
      billNumber,
      code: 'currency-mismatch' as const,
      ...facts,
    }));
    return refuse('currency-mismatch', facts, { bills });
  }
  let totalMinor = cashHeld ? feeMinor : 0n;
  for (const { amountMinor } of items) totalMinor += amountMinor;
  if (totalMinor <= LARGEST_PAYMENT) return undefined;
  return refuse('amount-out-of-range', { max: { ...toText({ minor: LARGEST_PAYMENT, currency: given }) } });
}

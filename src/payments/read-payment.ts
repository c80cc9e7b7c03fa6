// From a request that has the right shape to a command for the lane: amounts into minor units, quotes opened,
// pay codes looked up. What is wrong here is told with a pointer and recorded nowhere.

import type { KeyObject } from 'node:crypto';
import type { Biller } from '../billers/index.ts';
import { openQuote } from '../bills/index.ts';
import { isCreditorReference } from '../kernel/creditor-reference.ts';
import { refuse, Refused, type PointedError } from '../kernel/errors.ts';
import { parseMinor, type MoneyText } from '../kernel/money.ts';
import type { Item, PaymentCommand } from './command.ts';
import { fingerprintOf } from './fingerprint.ts';
import { occurredInstant } from './occurred-at.ts';
import type { PaymentBody } from './schema.ts';

export interface ReadingTools {
  readonly quoteKey: KeyObject;
  /** The bills of a pay code, or undefined when the biller has no such code. */
  readonly membersOf: (billerId: number, code: string) => Promise<readonly string[] | undefined>;
}

/** Refuses `malformed-request`: an amount without exactly its currency's scale, a bill twice, mixed currencies. */
export async function readPayment(
  body: PaymentBody,
  channelId: number,
  biller: Biller,
  tools: ReadingTools,
): Promise<PaymentCommand> {
  const errors: PointedError[] = [];
  const currency = body.bills[0]?.amount.currency ?? biller.currency;
  const items: Item[] = [];
  for (const [i, bill] of body.bills.entries()) {
    if (bill.amount.currency !== currency)
      errors.push(at(`/bills/${i}/amount/currency`, `one payment has one currency: ${currency} here`));
    items.push({
      billNumber: bill.billNumber,
      amountMinor: minorAt(bill.amount, `/bills/${i}/amount/value`, errors),
      currency: bill.amount.currency,
      quote: bill.quoteId === undefined ? undefined : (openQuote(tools.quoteKey, bill.quoteId) ?? 'invalid'),
      members: isCreditorReference(bill.billNumber)
        ? await tools.membersOf(biller.billerId, bill.billNumber)
        : undefined,
    });
  }
  const feeMinor = body.fee === undefined ? undefined : feeAt(body.fee, currency, errors);
  errors.push(...repeatedBills(items));
  const occurred = occurredInstant(body.occurredAt) ?? '';
  if (occurred === '') errors.push(at('/occurredAt', 'name an instant of the years 1 to 9999'));
  if (errors.length > 0) throw new Refused(refuse('malformed-request', undefined, { errors }));
  const { outlet, instrument, payer } = body;
  return {
    channelId,
    billerId: biller.billerId,
    reference: body.reference,
    items,
    method: body.method,
    outletKind: body.outlet?.kind,
    occurredAt: body.occurredAt,
    occurredInstant: occurred,
    feeMinor,
    cashHeld: body.cashHeld ?? false,
    details: { outlet, instrument, payer },
    detailsText:
      (outlet ?? instrument ?? payer) === undefined ? null : JSON.stringify({ outlet, instrument, payer }),
    fingerprint: fingerprintOf({ billerId: biller.billerId, method: body.method, items }),
  };
}

function minorAt(amount: MoneyText, pointer: string, errors: PointedError[]): bigint {
  const minor = parseMinor(amount.value, amount.currency);
  if (minor === undefined)
    errors.push(
      at(pointer, `not an amount of ${amount.currency}: write it with exactly the currency's decimals`),
    );
  else if (minor === 0n) errors.push(at(pointer, 'an amount is more than zero'));
  return minor ?? 0n;
}

function feeAt(fee: MoneyText, currency: string, errors: PointedError[]): bigint {
  if (fee.currency !== currency)
    errors.push(at('/fee/currency', `one payment has one currency: ${currency} here`));
  const minor = parseMinor(fee.value, fee.currency);
  if (minor === undefined)
    errors.push(
      at('/fee/value', `not an amount of ${fee.currency}: write it with exactly the currency's decimals`),
    );
  return minor ?? 0n;
}

function repeatedBills(items: readonly Item[]): PointedError[] {
  const seen = new Set<string>();
  const errors: PointedError[] = [];
  for (const [i, item] of items.entries()) {
    for (const number of item.members ?? [item.billNumber]) {
      if (seen.has(number)) errors.push(at(`/bills/${i}/billNumber`, `bill ${number} is named twice`));
      seen.add(number);
    }
  }
  return errors;
}

function at(pointer: string, detail: string): PointedError {
  return { pointer, detail };
}

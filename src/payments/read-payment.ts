// From a request that has the right shape to a command for the lane: amounts into minor units, quotes opened,
// pay codes looked up. What is wrong here is told with a pointer and recorded nowhere.

import type { KeyObject } from 'node:crypto';
import type { Biller } from '../billers/index.ts';
import { openQuote, type PayCodeMembers } from '../bills/index.ts';
import { creditorReferenceOf } from '../kernel/creditor-reference.ts';
import { refuse, Refused, type PointedError } from '../kernel/errors.ts';
import { parseMinor, type MoneyText } from '../kernel/money.ts';
import type { Item, PaymentCommand } from './command.ts';
import { fingerprintOf } from './fingerprint.ts';
import { occurredInstant } from './occurred-at.ts';
import { MOST_BILLS, type PaymentBody } from './schema.ts';

export interface ReadingTools {
  readonly quoteKey: KeyObject;
  /** The bills of those pay codes that the biller has. */
  readonly membersOf: (billerId: number, codes: readonly string[]) => Promise<PayCodeMembers>;
}

/**
 * Refuses `malformed-request`: an amount without exactly its currency's scale, a bill twice, mixed currencies, more
 * bills than MOST_BILLS.
 */
export async function readPayment(
  body: PaymentBody,
  channelId: number,
  biller: Biller,
  tools: ReadingTools,
): Promise<PaymentCommand> {
  const errors: PointedError[] = [];
  const currency = body.bills[0]?.amount.currency ?? biller.currency;
  const items: Item[] = [];
  const codes = body.bills.map((bill) => creditorReferenceOf(bill.billNumber));
  const membersOfCodes = await readMembers(tools, biller.billerId, codes);
  for (const [i, bill] of body.bills.entries()) {
    if (bill.amount.currency !== currency)
      errors.push(at(`/bills/${i}/amount/currency`, `one payment has one currency: ${currency} here`));
    const code = codes[i];
    const members = code === undefined ? undefined : membersOfCodes.get(code);
    items.push({
      // A pay code in its one form, so that another spelling is the same request; any other number as it was written.
      billNumber: members === undefined || code === undefined ? bill.billNumber : code,
      amountMinor: minorAt(bill.amount, `/bills/${i}/amount/value`, errors),
      currency: bill.amount.currency,
      quote: bill.quoteId === undefined ? undefined : (openQuote(tools.quoteKey, bill.quoteId) ?? 'invalid'),
      members,
    });
  }
  const feeMinor = body.fee === undefined ? undefined : feeAt(body.fee, currency, errors);
  errors.push(...(tooManyBills(items) ?? repeatedBills(items)));
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

const NO_CODES: PayCodeMembers = new Map();

async function readMembers(
  tools: ReadingTools,
  billerId: number,
  codes: readonly (string | undefined)[],
): Promise<PayCodeMembers> {
  const named = codes.filter((code) => code !== undefined);
  return named.length === 0 ? NO_CODES : tools.membersOf(billerId, named);
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

function tooManyBills(items: readonly Item[]): PointedError[] | undefined {
  const count = items.reduce((sum, { members }) => sum + (members?.length ?? 1), 0);
  if (count <= MOST_BILLS) return undefined;
  return [at('/bills', `one payment pays at most ${MOST_BILLS} bills, those of its pay codes included`)];
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

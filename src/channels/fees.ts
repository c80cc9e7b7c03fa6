// What a payment costs and who bears it (rules.md, "Fees and commission"). For each bill the first line that applies
// is the one; a fee is rounded once, together with its tax, and everything it is split into adds up to it again.

import { divideRounded, PERCENT_UNIT, percentMillionths } from '../kernel/rounding.ts';
import { splitByLargestRemainder } from '../kernel/split.ts';
import type { FeeLine, Terms } from './channel.ts';
import {
  bandHolds,
  chargeOf,
  compileTariff,
  isFor,
  type Circumstances,
  type CompiledTariff,
} from './tariff.ts';

interface CompiledFee extends CompiledTariff {
  readonly per: FeeLine['per'];
  /** The payer's share in millionths of a percent: all, nothing, or what was agreed. */
  readonly payerMillionths: bigint;
}

/** Terms whose decimal texts were read once, for the biller's currency. */
export interface CompiledTerms extends Pick<
  Terms,
  'route' | 'validFrom' | 'validTo' | 'methods' | 'outletKinds'
> {
  readonly currency: string;
  readonly fees: readonly CompiledFee[];
  readonly taxMillionths: bigint;
  readonly commission: readonly CompiledTariff[];
}

export interface Charged extends Circumstances {
  readonly terms: CompiledTerms;
  /** What goes to each bill, in request order. */
  readonly bills: readonly { readonly amountMinor: bigint }[];
}

/** Minor units. Fees have their tax inside; the taxes say how much of it that is. */
export interface Fee {
  /** What the payer hands over on top of the amount. */
  readonly feeMinor: bigint;
  readonly billerFeeMinor: bigint;
  /** `payerTaxMinor` and `billerTaxMinor` together. */
  readonly taxMinor: bigint;
  readonly payerTaxMinor: bigint;
  readonly billerTaxMinor: bigint;
  /** The payer's fee by bill; adds up to `feeMinor`. */
  readonly perBillMinor: readonly bigint[];
}

/** Refuses (Error, RangeError) texts that are no amount of the currency or no percentage. */
export function compileTerms(terms: Terms, currency: string): CompiledTerms {
  const { route, validFrom, validTo, methods, outletKinds } = terms;
  return {
    route,
    validFrom,
    validTo,
    methods,
    outletKinds,
    currency,
    fees: (terms.fees ?? []).map((line) => ({
      ...compileTariff(line, currency),
      per: line.per,
      payerMillionths: payerMillionths(line),
    })),
    taxMillionths: percentMillionths(terms.taxPercent ?? '0'),
    commission: (terms.commission ?? []).map((line) => compileTariff(line, currency)),
  };
}

/**
 * The fee of a payment. A line `per: bill` looks at each bill's amount and is rounded for each; a line
 * `per: payment` looks at the sum of the bills that no earlier line has taken, once. Rounding is half-up.
 */
export function feeFor(charged: Charged): Fee {
  const { terms, bills } = charged;
  if (terms.fees.length === 0) return noFee(bills.length);
  const sum = new Sum(bills.length);
  let waiting = bills.map((bill, index) => ({ index, amountMinor: bill.amountMinor }));
  for (const line of terms.fees) {
    if (waiting.length === 0) break;
    if (!isFor(line, charged)) continue;
    if (line.per === 'bill') {
      waiting = waiting.filter((bill) => {
        if (!bandHolds(line, bill.amountMinor)) return true;
        sum.add(feeOf(line, bill.amountMinor, terms.taxMillionths), [bill]);
        return false;
      });
      continue;
    }
    const total = waiting.reduce((minor, bill) => minor + bill.amountMinor, 0n);
    if (!bandHolds(line, total)) continue;
    sum.add(feeOf(line, total, terms.taxMillionths), waiting);
    break;
  }
  return sum;
}

/** What the operator owes the channel for the payment, in minor units: the first line that applies to its sum. */
export function commissionFor(charged: Charged): bigint {
  const { terms, bills } = charged;
  if (terms.commission.length === 0) return 0n;
  const total = bills.reduce((minor, bill) => minor + bill.amountMinor, 0n);
  const line = terms.commission.find((each) => isFor(each, charged) && bandHolds(each, total));
  return line ? divideRounded(chargeOf(line, total), PERCENT_UNIT, 'half-up') : 0n;
}

interface Part {
  readonly payer: bigint;
  readonly biller: bigint;
  readonly payerTax: bigint;
  readonly billerTax: bigint;
}

/** One application of one line: the fee with its tax rounded once, then shared, the payer's part rounded down. */
function feeOf(line: CompiledFee, amountMinor: bigint, taxMillionths: bigint): Part {
  const exact = chargeOf(line, amountMinor) * (PERCENT_UNIT + taxMillionths);
  const gross = divideRounded(exact, PERCENT_UNIT * PERCENT_UNIT, 'half-up');
  const payer = divideRounded(gross * line.payerMillionths, PERCENT_UNIT, 'down');
  const biller = gross - payer;
  if (taxMillionths === 0n) return { payer, biller, payerTax: 0n, billerTax: 0n };
  const [, tax = 0n] = splitByLargestRemainder(gross, [PERCENT_UNIT, taxMillionths]);
  if (biller === 0n) return { payer, biller, payerTax: tax, billerTax: 0n };
  const [payerTax = 0n, billerTax = 0n] = splitByLargestRemainder(tax, [payer, biller]);
  return { payer, biller, payerTax, billerTax };
}

class Sum implements Fee {
  feeMinor = 0n;
  billerFeeMinor = 0n;
  taxMinor = 0n;
  payerTaxMinor = 0n;
  billerTaxMinor = 0n;
  readonly perBillMinor: bigint[];

  constructor(bills: number) {
    this.perBillMinor = new Array<bigint>(bills).fill(0n);
  }

  add(part: Part, bills: readonly { readonly index: number; readonly amountMinor: bigint }[]): void {
    this.feeMinor += part.payer;
    this.billerFeeMinor += part.biller;
    this.taxMinor += part.payerTax + part.billerTax;
    this.payerTaxMinor += part.payerTax;
    this.billerTaxMinor += part.billerTax;
    if (part.payer === 0n) return;
    const shares =
      bills.length === 1
        ? [part.payer]
        : splitByLargestRemainder(
            part.payer,
            bills.map((b) => b.amountMinor),
          );
    bills.forEach((bill, at) => (this.perBillMinor[bill.index] = shares[at] ?? 0n));
  }
}

const NO_FEE_OF_ONE: Fee = new Sum(1);

function noFee(bills: number): Fee {
  return bills === 1 ? NO_FEE_OF_ONE : new Sum(bills);
}

function payerMillionths({ bearer, payerPercent }: FeeLine): bigint {
  if (bearer === 'payer') return PERCENT_UNIT;
  return bearer === 'biller' ? 0n : percentMillionths(payerPercent ?? '0');
}

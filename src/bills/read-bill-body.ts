// From a body that has the right shape to a bill that can be written, or the refusal: scales, sums, bounds and the
// biller's own settings. Pure, and the one validation of PUT, NDJSON and CSV. `biller` gives the currency.

import type { Biller } from '../billers/index.ts';
import { refuse, type PointedError, type Refusal } from '../kernel/errors.ts';
import { formatMinor, LARGEST_PAYMENT, parseMinor } from '../kernel/money.ts';
import { hashContent, type BillContent, type CheckedBill } from './checked-bill.ts';
import { readPenalty } from './read-penalty.ts';
import type { BillBody } from './schema.ts';

export type BillerSettings = Pick<Biller, 'currency' | 'policy' | 'units' | 'services' | 'budgetLines'>;

/** An earlier one is a slip of the pen, and its penalty would run through decades. */
const EARLIEST_DUE = '2000-01-01';

/** All malformed places at once; of the other refusals the first. Dates exist already: the shape says so. */
export function readBillBody(
  billNumber: string,
  body: BillBody,
  biller: BillerSettings,
): { bill: CheckedBill } | { refusal: Refusal } {
  const { currency } = body.amount;
  if (currency !== biller.currency) {
    return {
      refusal: refuse('currency-mismatch', {
        field: 'amount.currency',
        expected: biller.currency,
        given: currency,
      }),
    };
  }
  if (body.unit !== undefined && !biller.units.has(body.unit)) {
    return { refusal: refuse('unit-not-found', { field: 'unit', unit: body.unit }) };
  }
  if (body.service !== undefined && !biller.services.has(body.service)) {
    return { refusal: refuse('service-not-found', { field: 'service', service: body.service }) };
  }
  const unknown = unknownBudgetLine(body, biller.budgetLines);
  if (unknown !== undefined) return { refusal: refuse('budget-line-not-found', unknown) };
  const errors: PointedError[] = [];
  const amounts = readAmounts(body, biller, errors);
  if (body.dueOn < EARLIEST_DUE)
    errors.push({ pointer: '/dueOn', detail: `must not be before ${EARLIEST_DUE}` });
  if (body.expiresOn !== undefined && body.expiresOn < body.dueOn) {
    errors.push({ pointer: '/expiresOn', detail: 'must not be before dueOn' });
  }
  const penaltyJson = body.penalty === undefined ? null : readPenalty(body.penalty, currency, errors);
  const linesJson =
    body.lines === undefined ? null : readLines(body.lines, amounts.amountMinor, biller, errors);
  if (errors.length > 0) return { refusal: refuse('malformed-request', undefined, { errors }) };
  const bill: CheckedBill = {
    billNumber,
    payerId: body.payerId,
    payerName: body.payerName,
    description: body.description,
    amountMinor: amounts.amountMinor,
    minMinor: amounts.minMinor,
    maxMinor: amounts.maxMinor,
    stepMinor: amounts.stepMinor,
    dueOn: body.dueOn,
    expiresOn: body.expiresOn ?? null,
    penaltyJson,
    linesJson,
    budgetLine: body.budgetLine ?? null,
    unit: body.unit ?? null,
    service: body.service ?? null,
    contactJson: body.payer === undefined ? null : contactJson(body.payer),
    version: body.version === undefined ? null : BigInt(body.version),
    contentHash: '',
  };
  bill.contentHash = hashContent(bill);
  return { bill };
}

/** Of a biller that has budget lines the first that is none of them, and where it stands. */
function unknownBudgetLine(
  { budgetLine, lines = [] }: BillBody,
  known: ReadonlySet<string>,
): { field: string; budgetLine: string } | undefined {
  if (known.size === 0) return undefined;
  if (budgetLine !== undefined && !known.has(budgetLine)) return { field: 'budgetLine', budgetLine };
  const at = lines.findIndex((line) => !known.has(line.budgetLine));
  const line = lines[at];
  return line && { field: `lines.${at}.budgetLine`, budgetLine: line.budgetLine };
}

type Amounts = Pick<BillContent, 'amountMinor' | 'minMinor' | 'maxMinor' | 'stepMinor'>;
const NO_AMOUNT: Amounts = { amountMinor: null, minMinor: null, maxMinor: null, stepMinor: null };

function readAmounts({ amount }: BillBody, biller: BillerSettings, errors: PointedError[]): Amounts {
  const { currency } = biller;
  if ('value' in amount) {
    const amountMinor = readPayable(amount.value, currency, '/amount/value', errors);
    return { amountMinor: amountMinor ?? null, minMinor: null, maxMinor: null, stepMinor: null };
  }
  if (biller.policy !== 'between') {
    errors.push({
      pointer: '/amount',
      detail: `must be a fixed amount: the policy of this biller is ${biller.policy}`,
    });
    return NO_AMOUNT;
  }
  const minMinor = readPositive(amount.min, currency, '/amount/min', errors);
  const maxMinor = readPayable(amount.max, currency, '/amount/max', errors);
  const stepMinor =
    amount.step === undefined ? null : readPositive(amount.step, currency, '/amount/step', errors);
  if (minMinor === undefined || maxMinor === undefined || stepMinor === undefined) return NO_AMOUNT;
  if (maxMinor < minMinor) errors.push({ pointer: '/amount/max', detail: 'must not be below min' });
  else if (stepMinor !== null && maxMinor > minMinor && stepMinor > maxMinor - minMinor) {
    errors.push({ pointer: '/amount/step', detail: 'must not be more than max less min: no step would fit' });
  }
  return { amountMinor: null, minMinor, maxMinor, stepMinor };
}

/** What one payment can carry: the rest of a larger bill could never be paid. */
function readPayable(
  ...[value, currency, pointer, errors]: Parameters<typeof readPositive>
): bigint | undefined {
  const minor = readPositive(value, currency, pointer, errors);
  if (minor === undefined || minor <= LARGEST_PAYMENT) return minor;
  const most = formatMinor(LARGEST_PAYMENT, currency);
  errors.push({ pointer, detail: `must be at most ${most} ${currency}, the most that one payment carries` });
  return undefined;
}

function readPositive(
  value: string,
  currency: string,
  pointer: string,
  errors: PointedError[],
): bigint | undefined {
  const minor = parseMinor(value, currency);
  if (minor === undefined) {
    errors.push({
      pointer,
      detail: `must have exactly the decimals of ${currency} and be at most 10^15 minor units`,
    });
  } else if (minor === 0n) {
    errors.push({ pointer, detail: 'must be more than zero' });
    return undefined;
  }
  return minor;
}

/** The lines as JSON `[{ budgetLine, amount }]`, amounts as decimal strings; they add up to the bill's amount. */
function readLines(
  lines: NonNullable<BillBody['lines']>,
  amountMinor: bigint | null,
  biller: BillerSettings,
  errors: PointedError[],
): string {
  let sum = 0n;
  const before = errors.length;
  lines.forEach((line, index) => {
    if (line.amount.currency !== biller.currency) {
      errors.push({ pointer: `/lines/${index}/amount/currency`, detail: `must be ${biller.currency}` });
    }
    sum += readPositive(line.amount.value, biller.currency, `/lines/${index}/amount/value`, errors) ?? 0n;
  });
  if (amountMinor === null && errors.length === 0) {
    errors.push({ pointer: '/lines', detail: 'an open amount has no lines to add up to it' });
  } else if (amountMinor !== null && errors.length === before && sum !== amountMinor) {
    errors.push({ pointer: '/lines', detail: 'must add up to the amount' });
  }
  return JSON.stringify(lines.map((line) => ({ budgetLine: line.budgetLine, amount: line.amount.value })));
}

function contactJson({ mobile, email, language }: NonNullable<BillBody['payer']>): string {
  return JSON.stringify({ mobile, email, language });
}

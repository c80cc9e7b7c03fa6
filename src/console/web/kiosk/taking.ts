// One payer's cash, from the first note to the last answer: what is kept of it, and what follows from what. Pure: the book
// keeps it, the courier sends it. Whatever happens to the power, the step that stands in the book is gone on with.

import { formatMinor, parseMinor, type MoneyText } from '../../../kernel/money.ts';

export interface Note {
  readonly note: string;
  readonly value: string;
  /** `stacking`: it may be in the box by now. */
  readonly state: 'held' | 'stacking' | 'stacked' | 'returned';
}

export interface Receipt {
  readonly status: string;
  readonly receiptNumber: string;
  readonly acceptedAt: string;
  readonly amount: MoneyText;
  readonly fee: MoneyText;
  readonly total: MoneyText;
  readonly bills: readonly { readonly billNumber: string; readonly credited?: string }[];
}

/** As much of a problem as a slip says. */
export interface Refusal {
  readonly code: string;
  readonly title: string;
}

export interface Outcome {
  readonly status: 'accepted' | 'credited' | 'reversed' | 'refused' | 'cancelled';
  readonly payment?: Receipt;
  readonly problem?: Refusal;
}

/** As it is sent, the same each time. */
export interface Order {
  readonly reference: string;
  readonly billerCode: string;
  readonly bills: readonly [{ billNumber: string; amount: MoneyText; quoteId?: string }];
  readonly occurredAt: string;
  readonly method: 'cash';
  readonly outlet: { readonly kind: 'kiosk'; readonly id: string };
  readonly fee?: MoneyText;
  readonly cashHeld: true;
}

export interface Taking {
  readonly reference: string;
  /** `cash`: notes come in; `pay`, `rest`: under way; `done`: every answer is there. */
  readonly step: 'cash' | 'pay' | 'rest' | 'done';
  readonly billerCode: string;
  readonly billerName: string;
  readonly billNumber: string;
  readonly quoteId: string | null;
  readonly amount: MoneyText;
  readonly fee: MoneyText;
  readonly total: MoneyText;
  readonly language: 'ar' | 'en' | 'fr';
  readonly startedAt: string;
  readonly notes: readonly Note[];
  readonly order?: Order;
  readonly outcome?: Outcome;
  readonly restOutcome?: Outcome;
  /** The payer has his slip. */
  readonly isTold: boolean;
}

export function minorOf({ value, currency }: MoneyText): bigint {
  const minor = parseMinor(value, currency);
  if (minor === undefined) throw new Error(`${value} is no amount of ${currency}`);
  return minor;
}

export function textOf(minor: bigint, currency: string): MoneyText {
  return { value: formatMinor(minor, currency), currency };
}

/** What is in the box. */
export function takenOf({ notes, total: { currency } }: Taking): bigint {
  return notes
    .filter(({ state }) => state === 'stacked')
    .reduce((sum, { value }) => sum + minorOf({ value, currency }), 0n);
}

export function missingOf(taking: Taking): bigint {
  const missing = minorOf(taking.total) - takenOf(taking);
  return missing > 0n ? missing : 0n;
}

/** What is in the box beyond the total: it becomes the payer's credit by a payment of its own. */
export function restOf(taking: Taking): bigint {
  const over = takenOf(taking) - minorOf(taking.total);
  return over > 0n ? over : 0n;
}

/** The machine's word on a note, new or known. */
export function withNote(taking: Taking, note: Note): Taking {
  const others = taking.notes.filter((each) => each.note !== note.note);
  return { ...taking, notes: [...others, note] };
}

/**
 * No more notes. Too few of them are sent all the same and become the payer's credit, for they cannot be given back;
 * undefined: there are none.
 */
export function closeCash(taking: Taking, outletId: string, occurredAt: string): Taking | undefined {
  const taken = takenOf(taking);
  if (taken === 0n) return undefined;
  const isWhole = taken >= minorOf(taking.total);
  const { currency } = taking.total;
  const amount = isWhole ? taking.amount : textOf(taken, currency);
  const fee = isWhole ? taking.fee : textOf(0n, currency);
  const { billNumber, quoteId } = taking;
  const order: Order = {
    reference: taking.reference,
    billerCode: taking.billerCode,
    bills: [{ billNumber, amount, ...(quoteId !== null && { quoteId }) }],
    occurredAt,
    method: 'cash',
    outlet: { kind: 'kiosk', id: outletId },
    fee,
    cashHeld: true,
  };
  return { ...taking, step: 'pay', order };
}

/** What is to be sent now; undefined: nothing. */
export function orderOf(taking: Taking): Order | undefined {
  const { step, order, total, billNumber } = taking;
  if (step === 'pay') return order;
  if (step !== 'rest' || order === undefined) return undefined;
  const { fee: _fee, ...rest } = order;
  const bills = [{ billNumber, amount: textOf(restOf(taking), total.currency) }] as const;
  return { ...rest, reference: `${order.reference}:rest`, bills };
}

/**
 * What is over is sent once the bill is paid, and only then: on a bill that is still open it could be taken for another
 * payment of it.
 */
export function answered(taking: Taking, outcome: Outcome): Taking {
  if (taking.step === 'rest') return { ...taking, step: 'done', restOutcome: outcome };
  const goesOn = outcome.status === 'accepted' && restOf(taking) > 0n;
  return { ...taking, step: goesOn ? 'rest' : 'done', outcome };
}

export interface Parts {
  readonly paid: bigint;
  /** The payer's, with the agency. */
  readonly credited: bigint;
  /** In the box and nowhere in the books: the payer's, from whoever runs this machine. */
  readonly held: bigint;
}

/** Where the money of a taking that is done has gone: the three are what was taken. */
export function partsOf(taking: Taking): Parts {
  const taken = takenOf(taking);
  const rest = restOf(taking);
  const main = taken - rest;
  const isCredited = taking.outcome?.status === 'credited';
  const isPaid = taking.outcome?.status === 'accepted';
  const isRestCredited = taking.restOutcome?.status === 'credited';
  const credited = (isCredited ? main : 0n) + (isRestCredited ? rest : 0n);
  const paid = (isPaid ? main : 0n) + (taking.restOutcome?.status === 'accepted' ? rest : 0n);
  return { paid, credited, held: taken - paid - credited };
}

/** Nobody needs it here any more. What the machine still holds stays until a technician has settled it. */
export function isOver(taking: Taking): boolean {
  return taking.step === 'done' && taking.isTold && partsOf(taking).held === 0n;
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
const REFERENCE = /^K[0-9A-HJKMNP-TV-Z]{12}$/;

/** 60 random bits: nobody finds another's slip by trying. */
export function newReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return `K${[...bytes].map((byte) => LETTERS[byte % 32]).join('')}`;
}

export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

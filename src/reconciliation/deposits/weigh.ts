// From what a text names to what the deposit is for (rules.md, "Statements and direct deposits"). Pure. Every number that
// was found has to speak of the same thing: a bill, and beside it at most its payer; several bills of one payer only when
// together they come to the amount. Anything else is for a person.

import { amountDue, effectiveStatus, type StoredBill } from '../../bills/index.ts';
import type { Biller } from '../../billers/index.ts';
import type { Candidate } from './candidates.ts';
import type { BillOfPlan, DepositLine, Hint, Plan } from './deposit.ts';
import type { FoundCode, FoundPayer } from './store-find.ts';

/** What is known of the numbers of a lot, by key. */
export interface Known {
  readonly bills: ReadonlyMap<string, readonly StoredBill[]>;
  readonly payers: ReadonlyMap<string, readonly FoundPayer[]>;
  readonly codes: ReadonlyMap<string, readonly FoundCode[]>;
  /** By `payerKey`. */
  readonly openBills: ReadonlyMap<string, readonly StoredBill[]>;
  readonly billers: ReadonlyMap<number, Biller>;
}

export function payerKey(billerId: number, payerId: string): string {
  return `${billerId} ${payerId}`;
}

interface Payer {
  readonly billerId: number;
  readonly payerId: string;
}

/** What one number of the text may stand for. */
interface Claim {
  readonly candidate: Candidate;
  readonly bills: readonly StoredBill[];
  readonly payers: readonly Payer[];
  readonly codes: readonly FoundCode[];
}

type Money = Pick<DepositLine, 'amountMinor' | 'bookedOn' | 'currency'>;

/** `candidates` of this line's text. Only billers that take the line's currency are looked at. */
export function weigh(line: Money, candidates: readonly Candidate[], known: Known): Plan {
  const claims = outermost(
    candidates.map((candidate) => claimOf(line, candidate, known)).filter((claim) => !isEmpty(claim)),
  );
  if (claims.length === 0) return { kind: 'nobody', why: 'none', hints: [] };
  const sure = claims.filter(({ candidate }) => candidate.strength === 'sure');
  const plan = agreed(line, sure.length > 0 ? sure : claims, known);
  return plan ?? { kind: 'nobody', why: 'several', hints: hintsOf(claims, known) };
}

function claimOf(line: Money, candidate: Candidate, known: Known): Claim {
  const { key, kind, named, strength } = candidate;
  const fits = ({ billerId }: { billerId: number }): boolean =>
    known.billers.get(billerId)?.currency === line.currency;
  if (kind === 'pay-code') {
    const codes = (known.codes.get(key) ?? []).filter((code) => fits({ billerId: code.biller_id }));
    return { candidate, bills: [], payers: [], codes };
  }
  const isDigits = /^[0-9]+$/.test(key);
  const bills = isDigits && named === 'payer' ? [] : (known.bills.get(key) ?? []).filter(fits);
  const payers = isDigits && named === 'bill' ? [] : (known.payers.get(key) ?? []).map(payerOf).filter(fits);
  if (strength === 'sure') return { candidate, bills, payers, codes: [] };
  return {
    candidate,
    bills: bills.filter((bill) => dueOf(line, bill, known) === line.amountMinor),
    payers: payers.filter((payer) => exactBill(line, payer, known) !== undefined),
    codes: [],
  };
}

function payerOf({ biller_id, payer_id }: FoundPayer): Payer {
  return { billerId: biller_id, payerId: payer_id };
}

function isEmpty({ bills, payers, codes }: Claim): boolean {
  return bills.length + payers.length + codes.length === 0;
}

/** Without those that are part of a longer number which was found too. */
function outermost(claims: readonly Claim[]): Claim[] {
  const isWithin = ({ candidate: a }: Claim, other: Claim): boolean => {
    const b = other.candidate;
    if (b.from > a.from || a.to > b.to) return false;
    if (b.kind === 'pay-code') return b.key.length > a.key.length || a.kind !== b.kind;
    return b.key.length > a.key.length && isPartOf(a, other);
  };
  return claims.filter((claim) => !claims.some((other) => other !== claim && isWithin(claim, other)));
}

/**
 * Whether the longer number is itself written in parts where the shorter one ends: "INV-12 25.500" is INV-12 and an
 * amount as well as INV-1225, and a person has to say which.
 */
function isPartOf(part: Candidate, { candidate: whole, bills, payers }: Claim): boolean {
  const start = part.from === whole.from ? 0 : whole.key.lastIndexOf(part.key);
  const end = part.to === whole.to ? whole.key.length : start + part.key.length;
  const names = [...bills.map(({ billNumber }) => billNumber), ...payers.map(({ payerId }) => payerId)];
  return names.some((name) => [start, end].every((at) => isJoint(name, at)));
}

/** Whether something stands between the characters of a number around its `at`th, or letters meet digits there. */
function isJoint(name: string, at: number): boolean {
  const characters = [...name.matchAll(/[A-Za-z0-9]/g)];
  const [before, after] = [characters[at - 1], characters[at]];
  if (before === undefined || after === undefined) return true;
  return after.index - before.index > 1 || /\d/.test(before[0]) !== /\d/.test(after[0]);
}

function agreed(line: Money, claims: readonly Claim[], known: Known): Plan | undefined {
  if (claims.some(({ codes }) => codes.length > 0)) return agreedCode(claims);
  const bills = distinct(claims.flatMap((claim) => claim.bills));
  if (bills.length === 0) return agreedPayer(line, claims, known);
  const [bill, ...others] = bills.filter((each) => claims.every((claim) => speaksOf(claim, each)));
  if (bill !== undefined && others.length > 0) return undefined;
  if (bill !== undefined) return planOf(line, [bill], known);
  return agreedSet(line, claims, known);
}

function agreedCode(claims: readonly Claim[]): Plan | undefined {
  const codes = claims.flatMap((claim) => claim.codes);
  const [code] = codes;
  const isOne =
    code !== undefined && codes.every((each) => each.code === code.code && each.biller_id === code.biller_id);
  if (!isOne) return undefined;
  const members = new Set(code.bill_numbers);
  const fits = ({ bills, payers, codes }: Claim): boolean =>
    codes.length > 0 ||
    bills.some((bill) => bill.billerId === code.biller_id && members.has(bill.billNumber)) ||
    (bills.length === 0 && payers.some(({ billerId }) => billerId === code.biller_id));
  if (!claims.every(fits)) return undefined;
  return { kind: 'code', billerId: code.biller_id, code: code.code, members: code.bill_numbers };
}

/** Nobody's bill is named: the payer's one bill that is due exactly this, else his credit. */
function agreedPayer(line: Money, claims: readonly Claim[], known: Known): Plan | undefined {
  const [first] = claims;
  const isOf = ({ payers }: Claim, { billerId, payerId }: Payer): boolean =>
    payers.some((each) => each.billerId === billerId && each.payerId === payerId);
  const [payer, ...others] = (first?.payers ?? []).filter((each) =>
    claims.every((claim) => isOf(claim, each)),
  );
  if (payer === undefined || others.length > 0) return undefined;
  const bill = exactBill(line, payer, known);
  return bill === undefined ? { kind: 'payer', ...payer } : planOf(line, [bill], known);
}

/** Bills of one payer that come to the amount together. */
function agreedSet(line: Money, claims: readonly Claim[], known: Known): Plan | undefined {
  if (claims.some((one) => claims.some((other) => one !== other && overlap(one, other)))) return undefined;
  const payers = new Map(
    claims.flatMap(({ bills }) => bills.map((bill) => [payerKey(bill.billerId, bill.payerId), bill])),
  );
  const sets = [...payers.values()].flatMap(({ billerId, payerId }) => {
    const isHis = (each: Payer): boolean => each.billerId === billerId && each.payerId === payerId;
    const his = claims.map(({ bills, payers }) => ({
      bills: bills.filter(isHis),
      isNamed: payers.some(isHis),
    }));
    if (his.some(({ bills, isNamed }) => bills.length > 1 || (bills.length === 0 && !isNamed))) return [];
    const bills = distinct(his.flatMap((each) => each.bills));
    const dues = bills.map((bill) => dueOf(line, bill, known));
    const total = dues.reduce<bigint>((sum, due) => sum + (due ?? 0n), 0n);
    return dues.includes(undefined) || total !== line.amountMinor ? [] : [bills];
  });
  const [set, ...others] = sets;
  return set === undefined || others.length > 0 ? undefined : planOf(line, set, known);
}

/** The same pieces of the text read in two ways. */
function overlap({ candidate: a }: Claim, { candidate: b }: Claim): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function planOf(line: Money, bills: readonly StoredBill[], known: Known): Plan | undefined {
  const [first] = bills;
  if (first === undefined) return undefined;
  const { billerId, payerId } = first;
  const named: BillOfPlan[] = bills.map((bill) => ({
    billNumber: bill.billNumber,
    dueMinor: dueOf(line, bill, known) ?? null,
  }));
  return { kind: 'bills', billerId, payerId, bills: named };
}

function speaksOf({ bills, payers }: Claim, bill: StoredBill): boolean {
  if (bills.some((each) => isSame(each, bill))) return true;
  return payers.some(({ billerId, payerId }) => billerId === bill.billerId && payerId === bill.payerId);
}

/** The one open bill of the payer that is due exactly the amount; undefined: none, or several. */
function exactBill(line: Money, { billerId, payerId }: Payer, known: Known): StoredBill | undefined {
  const open = known.openBills.get(payerKey(billerId, payerId)) ?? [];
  const [bill, ...others] = open.filter((each) => dueOf(line, each, known) === line.amountMinor);
  return others.length === 0 ? bill : undefined;
}

/** What it owes on the booking date; undefined when it cannot be paid, or its amount is open. */
function dueOf({ bookedOn }: Money, bill: StoredBill, known: Known): bigint | undefined {
  const biller = known.billers.get(bill.billerId);
  if (biller === undefined || effectiveStatus(bill, bookedOn) !== 'open') return undefined;
  return amountDue(bill, biller, bookedOn).dueMinor ?? undefined;
}

function distinct(bills: readonly StoredBill[]): StoredBill[] {
  return [...new Map(bills.map((bill) => [`${bill.billerId} ${bill.billNumber}`, bill])).values()];
}

function isSame(a: StoredBill, b: StoredBill): boolean {
  return a.billerId === b.billerId && a.billNumber === b.billNumber;
}

const MOST_HINTS = 20;

function hintsOf(claims: readonly Claim[], { billers }: Known): Hint[] {
  const codeOf = (billerId: number): string => billers.get(billerId)?.code ?? '';
  const hints = claims.flatMap(({ bills, payers, codes }): Hint[] => [
    ...bills.map(({ billerId, billNumber, payerId }) => ({
      billerCode: codeOf(billerId),
      billNumber,
      payerId,
    })),
    ...payers.map(({ billerId, payerId }) => ({ billerCode: codeOf(billerId), payerId })),
    ...codes.map(({ biller_id, code }) => ({ billerCode: codeOf(biller_id), payCode: code })),
  ]);
  return [...new Map(hints.map((hint) => [JSON.stringify(hint), hint])).values()].slice(0, MOST_HINTS);
}

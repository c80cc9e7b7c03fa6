// Reads what a mandate would agree, and proves it against the agency, the bank and the day: everything that its shape cannot
// say. All faults are told at once.

import { calendarDate } from '../../calendar/index.ts';
import { agreementAt, agreementKey, serves, type Channel, type Snapshot } from '../../channels/index.ts';
import type { Biller } from '../../billers/index.ts';
import { readAccountNumber, type AccountNumber } from '../../kernel/bank-account-number.ts';
import { refuse, Refused, type PointedError } from '../../kernel/errors.ts';
import { parseMinor, type MoneyText } from '../../kernel/money.ts';
import type { MandateTerms, NewCover } from './mandate.ts';
import type { TermsBody } from './schema.ts';

export interface ReadTerms {
  readonly terms: MandateTerms;
  readonly account: AccountNumber;
  readonly covers: readonly NewCover[];
}

const ANNOUNCED_BEFORE = 3;

/** Refuses `malformed-request`, `biller-not-found` for a covered one, `biller-not-served` where the bank does not serve one. */
export function readTerms(
  snapshot: Snapshot,
  { biller, channel, now }: { readonly biller: Biller; readonly channel: Channel; readonly now: Date },
  body: TermsBody,
): ReadTerms {
  const errors: PointedError[] = [];
  const fault = (pointer: string, detail: string): void => void errors.push({ pointer, detail });
  const account = readAccountNumber(body.account.number);
  if ('fault' in account) fault('/account/number', account.fault);
  for (const [pointer, text] of [
    ['/account/holder', body.account.holder],
    ['/payerName', body.payerName],
  ] as const)
    if (text.trim() !== text) fault(pointer, 'must not begin or end with a space');
  const perDebitMinor = amountOf(body.ceiling.perDebit, biller, '/ceiling/perDebit', fault);
  const perMonthMinor = amountOf(body.ceiling.perMonth, biller, '/ceiling/perMonth', fault);
  if (perMonthMinor < perDebitMinor)
    fault('/ceiling/perMonth', 'must not be less than what may be collected at once');
  checkDays(body, calendarDate(now, biller.calendar), fault);
  const covers = readCovers(snapshot, biller, body, fault);
  if (errors.length > 0 || 'fault' in account)
    throw new Refused(refuse('malformed-request', undefined, { errors }));
  for (const { billerId } of covers) checkServed(snapshot, billerId, channel, now);
  const { payerId, payerName, payer = null, validFrom, validUntil = null, collect } = body;
  const { announceDays = ANNOUNCED_BEFORE } = body;
  const terms: MandateTerms = {
    channelId: channel.channelId,
    payerId,
    payerName,
    contact: payer,
    holder: body.account.holder,
    collect: collect.on === 'days' ? { on: 'days', days: [...collect.days].sort((a, b) => a - b) } : collect,
    currency: biller.currency,
    perDebitMinor,
    perMonthMinor,
    validFrom,
    validUntil,
    announceDays,
  };
  return { terms, account, covers };
}

type TellFault = (pointer: string, detail: string) => void;

function amountOf(amount: MoneyText, biller: Biller, pointer: string, fault: TellFault): bigint {
  const minor = amount.currency === biller.currency ? parseMinor(amount.value, amount.currency) : undefined;
  if (amount.currency !== biller.currency) fault(`${pointer}/currency`, `must be ${biller.currency}`);
  else if (minor === undefined) fault(`${pointer}/value`, `must have the scale of ${biller.currency}`);
  else if (minor === 0n) fault(`${pointer}/value`, 'must be more than zero');
  return minor ?? 0n;
}

function checkDays({ validFrom, validUntil }: TermsBody, today: string, fault: TellFault): void {
  if (validUntil === undefined) return;
  if (validUntil < validFrom) fault('/validUntil', 'must not be before validFrom');
  if (validUntil < today) fault('/validUntil', 'has passed already');
}

/** The mandate's own number first, once, limited to units where `covers` says so. */
function readCovers(
  { billersByCode }: Snapshot,
  own: Biller,
  { payerId, covers = [] }: TermsBody,
  fault: TellFault,
): NewCover[] {
  const read = covers.map((cover, i): NewCover => {
    const biller = billersByCode.get(cover.billerCode);
    if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: cover.billerCode }));
    if (biller.currency !== own.currency)
      fault(`/covers/${i}/billerCode`, `collects in ${biller.currency}, the mandate is in ${own.currency}`);
    const { units = [] } = cover;
    const unknown = units.find((unit) => !biller.units.has(unit));
    if (unknown !== undefined) fault(`/covers/${i}/units`, `${biller.code} has no unit ${unknown}`);
    return { billerId: biller.billerId, payerId: cover.payerId, units: [...units].sort() };
  });
  const keys = read.map((cover) => `${cover.billerId} ${cover.payerId}`);
  keys.forEach((key, i) => {
    if (keys.indexOf(key) !== i) fault(`/covers/${i}`, 'is named twice');
  });
  const isOwn = (cover: NewCover) => cover.billerId === own.billerId && cover.payerId === payerId;
  const first = read.find(isOwn) ?? { billerId: own.billerId, payerId, units: [] };
  return [first, ...read.filter((cover) => !isOwn(cover))];
}

const PREFUNDED =
  'the bank is prefunded, and debits are collected by postpaid banks: its operator has to make it postpaid';

/** A mandate outlives agreements; today there must be one that takes money from accounts, of a bank that owes what it collects. */
function checkServed(snapshot: Snapshot, billerId: number, channel: Channel, now: Date): void {
  const biller = snapshot.billersById.get(billerId);
  if (channel.funding === 'prefunded')
    throw new Refused(
      refuse('biller-not-served', { billerCode: biller?.code ?? '', field: 'funding', reason: PREFUNDED }),
    );
  const versions = snapshot.agreements.get(agreementKey(billerId, channel.channelId)) ?? [];
  const date = biller === undefined ? '' : calendarDate(now, biller.calendar);
  const circumstances = { method: 'account', date } as const;
  const because = serves(agreementAt(versions, now)?.terms, circumstances);
  if (because === 'agreement' || because === 'method')
    throw new Refused(refuse('biller-not-served', { billerCode: biller?.code ?? '', field: because }));
}

// Inquire: what a bill, a payer's open bills or the bills of a pay code owe at this moment, with fee and quote.
// Reads the configuration's revision beside the bills, so that a suspended channel is refused at once here too. A linked
// agency is asked first; what it says is read from the rows that then stand here, as every other bill is.

import type { KeyObject } from 'node:crypto';
import type { Channel, Directory } from '../../channels/index.ts';
import { creditorReferenceOf } from '../../kernel/creditor-reference.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { formatMinor } from '../../kernel/money.ts';
import { txOf, type Session } from '../../platform/db/index.ts';
import type { AgencyLink, Word, Words } from '../link/index.ts';
import { isBillNumber, isDay } from '../text-forms.ts';
import type { PayCodeMembers } from '../store-pay-code.ts';
import { checkMayAsk, circumstances } from './circumstances.ts';
import type { InquiryBatch } from './inquiry-batch.ts';
import type { InquiredBill, InquiryAnswer, InquiryBody } from './schema.ts';
import { showBill } from './show-bill.ts';
import { readMoment, readPayersBills, type AskedBill, type AskedRow } from './store-inquiry.ts';

export interface InquiryTools {
  readonly batch: InquiryBatch;
  readonly session: Session;
  readonly directory: Directory;
  readonly link: AgencyLink;
  readonly quoteKey: KeyObject;
  /** The bills of those pay codes that the biller has. */
  readonly membersOf: (billerId: number, codes: readonly string[]) => Promise<PayCodeMembers>;
}

/**
 * Refuses `biller-not-found`, `biller-not-served`, `channel-suspended`, `agency-unavailable`, and for the one bill asked
 * `bill-not-found` and an amount that it does not take.
 */
export async function inquire(
  tools: InquiryTools,
  channel: Channel,
  body: InquiryBody,
): Promise<InquiryAnswer> {
  const biller = tools.directory.current.billersByCode.get(body.billerCode);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: body.billerCode }));
  if ((body.billNumber === undefined) === (body.payerId === undefined)) {
    const errors = [{ pointer: '', detail: 'name either billNumber or payerId' }];
    throw new Refused(refuse('malformed-request', undefined, { errors }));
  }
  if (body.payerId !== undefined) refuseAmount(body);
  const { link } = biller;
  if (link !== undefined) checkMayAsk(tools.directory.current, channel, biller);
  if (body.payerId !== undefined) {
    const words = link && (await tools.link.askPayer(biller, link, body.payerId));
    return inquirePayer(tools, channel.channelId, body, body.payerId, words);
  }
  const numbers = await billNumbersOf(tools, biller.billerId, body.billNumber ?? '');
  const words = link && (await tools.link.askBills(biller, link, numbers));
  return inquireBills(tools, channel.channelId, body, numbers, words);
}

/** Of several bills nobody could say what each is to get. */
function refuseAmount({ amount }: InquiryBody): void {
  if (amount === undefined) return;
  const errors = [{ pointer: '/amount', detail: 'an amount goes with the number of one bill' }];
  throw new Refused(refuse('malformed-request', undefined, { errors }));
}

/** The bill itself, or the bills that a pay code stands for. */
async function billNumbersOf(
  tools: InquiryTools,
  billerId: number,
  billNumber: string,
): Promise<readonly string[]> {
  const code = creditorReferenceOf(billNumber);
  const members = code === undefined ? undefined : (await tools.membersOf(billerId, [code])).get(code);
  return members ?? [billNumber];
}

async function inquireBills(
  tools: InquiryTools,
  channelId: number,
  body: InquiryBody,
  numbers: readonly string[],
  words: Words | undefined,
): Promise<InquiryAnswer> {
  if (numbers.length > 1) refuseAmount(body);
  const billerId = tools.directory.current.billersByCode.get(body.billerCode)?.billerId ?? 0;
  const rows = await Promise.all(numbers.map((billNumber) => tools.batch.ask({ billerId, billNumber })));
  const [first] = rows;
  if (first === undefined) throw new Error('an inquiry for no bill');
  const of = await circumstances(tools, channelId, body, first);
  const isUnknown = (row: AskedRow, i: number): boolean =>
    row.bill_number === null ||
    (row.status === 'cancelled' && words?.words.get(numbers[i] ?? '')?.said === 'unknown');
  const unknown = rows.findIndex(isUnknown);
  if (unknown >= 0) throw new Refused(refuse('bill-not-found', { billNumber: numbers[unknown] ?? '' }));
  const payers = new Set(rows.map((row) => row.payer_id));
  return {
    billerCode: body.billerCode,
    asOf: (words?.asOf ?? first.now).toISOString(),
    stale: words?.stale ?? false,
    ...creditOf(payers.size === 1 ? first.credit_minor : null, of.biller.currency),
    bills: rows.filter(isKnown).map((row) => asSaid(showBill(row, of), words?.words.get(row.bill_number))),
    next: null,
  };
}

/** A bill that was paid elsewhere is closed here; the payer is told that it is paid. */
function asSaid(bill: InquiredBill, word: Word | undefined): InquiredBill {
  if (bill.status !== 'cancelled' || word?.said !== 'paid') return bill;
  return { ...bill, status: 'paid', paidAt: word.paidAt ?? undefined };
}

function isKnown(row: AskedRow): row is AskedRow & AskedBill {
  return row.bill_number !== null;
}

async function inquirePayer(
  tools: InquiryTools,
  channelId: number,
  body: InquiryBody,
  payerId: string,
  words: Words | undefined,
): Promise<InquiryAnswer> {
  const billerId = tools.directory.current.billersByCode.get(body.billerCode)?.billerId ?? 0;
  const tx = txOf(await tools.session.connected());
  const moment = await readMoment(tx, billerId, payerId);
  const of = await circumstances(tools, channelId, body, moment);
  const limit = body.limit ?? 100;
  const rows = await readPayersBills(tx, {
    billerId,
    payerId,
    today: of.today,
    after: readCursor(body.after),
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    billerCode: body.billerCode,
    asOf: (words?.asOf ?? moment.now).toISOString(),
    stale: words?.stale ?? false,
    ...creditOf(moment.credit_minor, of.biller.currency),
    bills: page.map((row) => showBill(row, of)),
    next: rows.length > limit && last !== undefined ? writeCursor(last) : null,
  };
}

function creditOf(minor: bigint | null, currency: string): Pick<InquiryAnswer, 'credit'> {
  return minor === null ? {} : { credit: { value: formatMinor(minor, currency), currency } };
}

function writeCursor(row: AskedBill): string {
  return Buffer.from(`${row.due_on} ${row.bill_number}`).toString('base64url');
}

function readCursor(after: string | undefined): { dueOn: string; billNumber: string } {
  if (after === undefined) return { dueOn: '0001-01-01', billNumber: '' };
  const [dueOn = '', billNumber = '', ...more] = Buffer.from(after, 'base64url').toString('utf8').split(' ');
  if (!isDay(dueOn) || !isBillNumber(billNumber) || more.length > 0) {
    throw new Refused(
      refuse('malformed-request', undefined, {
        errors: [{ pointer: '/after', detail: 'not a cursor of this list' }],
      }),
    );
  }
  return { dueOn, billNumber };
}

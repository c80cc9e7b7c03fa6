// Puts what may go today into order files: one per account of ours, several billers together, in one transaction that
// marks each remittance as sent and keeps the file's bytes. From here on a file only travels; nothing is made twice.

import { bankDate } from '../../calendar/index.ts';
import { openAccountNumber, readBank, readBankAccount, type BankAccount } from '../../billers/bank/index.ts';
import { newId, showId, type Uuid } from '../../kernel/ids.ts';
import { insertOrderFile, messageIdOf } from '../../orders/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Remittance } from '../batch.ts';
import {
  businessNow,
  datesOf,
  insertSteps,
  readTerms,
  settle,
  updateRemittance,
  type Terms,
} from '../remittances/index.ts';
import { TRANSFER, type OrderWriter, type PaymentOrder, type Transfer } from './order.ts';
import { accountsWithDue, lockDue, type Due } from './store-due.ts';

export interface OrderMade {
  readonly fileId: Uuid;
  readonly name: string;
  readonly transfers: number;
  readonly amountMinor: bigint;
  readonly currency: string;
}

export interface OrderParts {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly writer: OrderWriter;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

const MOST_TRANSFERS = 5_000;
/** The operator's own: orders are of no one biller. */
const OF_OPERATOR = 0;

/** Every file that can be made now. Several workers at once make each transfer once. */
export async function makeOrders(parts: OrderParts): Promise<OrderMade[]> {
  const made: OrderMade[] = [];
  for (const accountId of await parts.database.transaction(accountsWithDue)) {
    for (let more = true; more;) {
      const one = await parts.database.transaction((tx) => makeOrder(tx, parts, accountId));
      if (one !== undefined) made.push(one);
      more = one?.transfers === MOST_TRANSFERS;
    }
  }
  return made;
}

/** What `makeOrders` would make, and nothing made. */
export async function previewOrders(parts: OrderParts): Promise<OrderMade[]> {
  const would: OrderMade[] = [];
  for (const accountId of await parts.database.transaction(accountsWithDue)) {
    const preview = parts.database.transaction(async (tx) => {
      const one = await makeOrder(tx, parts, accountId);
      if (one !== undefined) would.push(one);
      throw new Undone();
    });
    await preview.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  }
  return would;
}

/** Rolls a preview back. */
class Undone extends Error {}

async function makeOrder(tx: Tx, parts: OrderParts, accountId: number): Promise<OrderMade | undefined> {
  const account = await readBankAccount(tx, accountId);
  const bank = account && (await readBank(tx, account.bankId));
  if (account === undefined || bank === undefined) throw new Error(`account ${accountId} is not there`);
  const locked = await lockDue(tx, accountId, MOST_TRANSFERS);
  const now = await businessNow(tx);
  const today = bankDate(now, bank.calendar);
  const terms = new Map<number, Terms>();
  const going: Ready[] = [];
  for (const due of locked) {
    const { billerId } = due.remittance;
    const known = terms.get(billerId) ?? (await readTerms(tx, billerId));
    terms.set(billerId, known);
    const ready = await prepare(tx, parts, due, known, now);
    if (ready?.remittance.executeOn === today) going.push(ready);
  }
  const [first, ...rest] = going;
  if (first === undefined) return undefined;
  const fileId = newId(now.getTime(), OF_OPERATOR);
  const order: PaymentOrder = {
    messageId: messageIdOf(fileId),
    createdAt: now,
    debtor: { name: account.holder, account: openAccountNumber(parts.masterKey, account), bank: bank.bic },
    executeOn: today,
    transfers: [first.transfer, ...rest.map(({ transfer }) => transfer)],
  };
  const made = await putIntoFile(tx, parts.masterKey, account, fileId, order, parts.writer.write(order));
  for (const { remittance } of going) await updateRemittance(tx, { ...remittance, state: 'sent', fileId });
  await insertSteps(
    tx,
    going.map(({ remittance: { billerId, remittanceId } }) => ({
      billerId,
      remittanceId,
      state: 'sent',
      reason: made.name,
      journalId: null,
      at: now,
    })),
  );
  return made;
}

async function putIntoFile(
  tx: Tx,
  masterKey: Buffer,
  { accountId, bankId, code, currency }: BankAccount,
  fileId: Uuid,
  { messageId, executeOn, transfers, createdAt }: PaymentOrder,
  bytes: Buffer,
): Promise<OrderMade> {
  const amountMinor = transfers.reduce((sum, each) => sum + each.amount.minor, 0n);
  const name = `${code}_${executeOn}_${messageId}.xml`;
  await insertOrderFile(tx, masterKey, {
    fileId,
    kind: TRANSFER,
    bankId,
    accountId,
    messageId,
    name,
    executeOn,
    transactions: transfers.length,
    amountMinor,
    currency,
    bytes,
    madeAt: createdAt,
  });
  return { fileId, name, transfers: transfers.length, amountMinor, currency };
}

interface Ready {
  readonly remittance: Remittance;
  readonly transfer: Transfer;
}

/** With the dates and the account of this moment; undefined: it has to wait for something, which is written down. */
async function prepare(
  tx: Tx,
  { masterKey, writer, log }: OrderParts,
  due: Due,
  terms: Terms,
  now: Date,
): Promise<Ready | undefined> {
  const { remittance, creditor, businessDate, billerCode } = due;
  if (due.isOutdated) {
    await settle(tx, remittance, { isApproved: false });
    return undefined;
  }
  const dates = datesOf(terms, remittance.unit, businessDate, now);
  const current = { ...remittance, ...dates };
  const party = {
    name: creditor.holder,
    account: openAccountNumber(masterKey, creditor),
    bank: creditor.bic,
  };
  const fault = writer.faultOf(party);
  if (fault !== undefined) {
    log.warn(
      { remittance: remittance.endToEndId, fault },
      'an account cannot stand in an order; it has to be set anew',
    );
    await updateRemittance(tx, { ...current, held: 'account', reason: fault });
    return undefined;
  }
  if (dates.executeOn !== remittance.executeOn || dates.valueDate !== remittance.valueDate)
    await updateRemittance(tx, current);
  const settlement = showId('stl', remittance.settlementId);
  const unit = remittance.unit === '' ? '' : ` ${remittance.unit}`;
  return {
    remittance: current,
    transfer: {
      endToEndId: remittance.endToEndId,
      amount: { minor: remittance.amountMinor, currency: remittance.currency },
      creditor: party,
      text: `${settlement} ${businessDate} ${billerCode}${unit}`,
    },
  };
}

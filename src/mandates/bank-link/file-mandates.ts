// Puts the mandates that were submitted to a bank which takes files into requests (pain.009), in one transaction that marks
// each as sent and keeps the file's bytes: from there on the file travels by itself, handed over once (src/orders).

import { businessNow } from '../../approvals/index.ts';
import { bankDate } from '../../calendar/index.ts';
import { readBank } from '../../billers/bank/index.ts';
import type { Directory } from '../../channels/index.ts';
import { newId } from '../../kernel/ids.ts';
import { insertOrderFile, messageIdOf } from '../../orders/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { MandateRequest, MandateRequestWriter } from '../debits/index.ts';
import type { BankLink } from './link.ts';
import { asking, requestIdOf, requestOf, type AskedMandate } from './mandate-request-of.ts';
import { WRONG_PAUSE_MS } from './pauses.ts';
import { claimWaiting, noteSent, putOff, type Waiting } from './store-submission.ts';

export interface FileParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly masterKey: Buffer;
  readonly writer: MandateRequestWriter;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/** `order_file.kind`. */
export const MANDATE_ORDER = 'mandate';
const MOST_REQUESTS = 500;
/** The operator's own: a file is of no one biller. */
const OF_OPERATOR = 0;

/** Several workers at once put each into one file. */
export async function fileMandates(parts: FileParts, link: BankLink): Promise<void> {
  for (let more = true; more;)
    more = (await parts.database.transaction((tx) => fileLot(tx, parts, link))) === MOST_REQUESTS;
}

/** How many were looked at. */
async function fileLot(tx: Tx, parts: FileParts, link: BankLink): Promise<number> {
  const bank = link.bankId === null ? undefined : await readBank(tx, link.bankId);
  if (bank === undefined) throw new Error(`the bank of ${link.code} is not there`);
  const limit = MOST_REQUESTS;
  const waiting = await claimWaiting(tx, { channelId: link.channelId, limit, leaseMs: WRONG_PAUSE_MS });
  const now = await businessNow(tx);
  const asked = asking(tx, parts, now);
  const requests: MandateRequest[] = [];
  const going: Waiting[] = [];
  for (const of of waiting) {
    const request = await prepare(tx, parts, link, of, await asked(of.mandate));
    if (request === undefined) continue;
    requests.push(request);
    going.push(of);
  }
  const [first, ...rest] = requests;
  if (first === undefined) return waiting.length;
  const fileId = newId(now.getTime(), OF_OPERATOR);
  const messageId = messageIdOf(fileId);
  const executeOn = bankDate(now, bank.calendar);
  const pieces = parts.writer.pieces({
    messageId,
    createdAt: now,
    sender: first.creditor.name,
    requests: [first, ...rest],
  });
  const name = `mandates_${link.code}_${executeOn}_${messageId}.xml`;
  await insertOrderFile(tx, parts.masterKey, {
    fileId,
    kind: MANDATE_ORDER,
    bankId: bank.bankId,
    accountId: null,
    messageId,
    name,
    executeOn,
    transactions: requests.length,
    amountMinor: 0n,
    currency: first.perDebit.currency,
    bytes: Buffer.concat([...pieces]),
    madeAt: now,
  });
  await noteSent(tx, going, fileId);
  parts.log.info({ file: name, mandates: requests.length }, 'mandates were put into a file');
  return waiting.length;
}

/** undefined: it has to wait for something, which is written down. */
async function prepare(
  tx: Tx,
  parts: FileParts,
  { bic }: BankLink,
  of: Waiting,
  asked: AskedMandate,
): Promise<MandateRequest | undefined> {
  const { writer, log } = parts;
  const { party, ultimate, whyNone } = asked.creditor;
  const request = party === null ? undefined : requestOf(asked, party, bic);
  const failure =
    request === undefined
      ? whyNone
      : (writer.faultOf(request.debtor) ?? writer.creditorFault(request.creditor, ultimate));
  if (failure === undefined) return request;
  log.warn({ request: requestIdOf(of.mandate), failure }, 'a mandate cannot stand in a file; it waits');
  await putOff(tx, [of], { pauseMs: WRONG_PAUSE_MS, failure });
  return undefined;
}

// Puts built debits into order files: one per creditor account, collection day and currency, at most five thousand debits, in
// one transaction that marks them and keeps the file's bytes. From here on a file only travels.

import type { Biller } from '../../billers/index.ts';
import { businessNow } from '../../approvals/index.ts';
import type { Route } from '../../channels/index.ts';
import { newId, showId } from '../../kernel/ids.ts';
import { insertOrderFile, messageIdOf } from '../../orders/index.ts';
import { lookUpByKeys, type Tx } from '../../platform/db/index.ts';
import {
  creditorOf,
  NO_OWN_ACCOUNT,
  ultimateCreditorOf,
  lockDebits,
  moveDebits,
  readDebitTerms,
  type DebitOrderFile,
  type DebitTerms,
  type FiledDebit,
} from '../debits/index.ts';
import { DEBIT } from './debit-kind.ts';
import { debtorOf, filedDebit } from './debit-order.ts';
import { servedRoutes } from './routes-served.ts';
import { WORKER, type SendParts } from './send-parts.ts';
import { groupsToFile, putIntoFile, takeBuilt, type BuiltDebit, type FileGroup } from './store-file.ts';

/** Of 1.5 KB each; the bytes of a file are held whole for an instant. */
const MOST_DEBITS = 5_000;
const ROUTES: readonly Route[] = ['via-operator', 'direct'];
/** The operator's own: files are handed over together, whoever is paid. */
const OF_OPERATOR = 0;

/** How many files were made for this agency. `onlyFull`: what does not fill one waits for more. */
export async function makeDebitFiles(
  parts: SendParts,
  billerId: number,
  { onlyFull = false } = {},
): Promise<number> {
  const biller = parts.directory.current.billersById.get(billerId);
  if (biller === undefined) return 0;
  const node = parts.database.nodeOf(billerId);
  let files = 0;
  for (const group of await node.transaction((tx) => groupsToFile(tx, billerId)))
    for (const route of ROUTES)
      for (let left = group.count, taken = MOST_DEBITS; taken === MOST_DEBITS; left -= taken) {
        if (parts.signal?.aborted === true) return files;
        // What is built meanwhile is for the next time.
        if (onlyFull && left < MOST_DEBITS) break;
        taken = await node.transaction((tx) => makeFile(tx, parts, { biller, group, route, onlyFull }));
        files += Number(taken > 0);
      }
  return files;
}

interface What {
  readonly biller: Biller;
  readonly group: FileGroup;
  readonly route: Route;
  readonly onlyFull: boolean;
}

/** How many debits were taken up. */
async function makeFile(tx: Tx, parts: SendParts, { biller, group, route, onlyFull }: What): Promise<number> {
  const { billerId } = biller;
  await lookUpByKeys(tx);
  const at = await businessNow(tx);
  const terms = await readDebitTerms(tx, billerId);
  if (terms === undefined) return 0;
  const routes = servedRoutes(parts.directory.current, biller, terms.method, at);
  const channelIds = group.channelIds.filter((id) => routes.get(id) === route);
  if (channelIds.length === 0) return 0;
  const credited = await creditedBy(tx, parts, { biller, terms, route });
  if (credited === undefined) return 0;
  const taken = await takeBuilt(tx, billerId, { ...group, channelIds }, MOST_DEBITS);
  if (onlyFull && taken.length < MOST_DEBITS) return 0;
  const debits = await orderable(tx, parts, biller, taken, at);
  const [first, ...rest] = debits.map(({ filed }) => filed);
  if (first === undefined) return taken.length;
  const fileId = newId(at.getTime(), OF_OPERATOR);
  const order: DebitOrderFile = {
    messageId: messageIdOf(fileId),
    createdAt: at,
    ...credited,
    creditorSchemeId: terms.schemeId,
    collectOn: group.collectOn,
    sequence: 'RCUR',
    debits: [first, ...rest],
  };
  await insertOrderFile(tx, parts.masterKey, {
    fileId,
    kind: DEBIT,
    bankId: terms.bankId,
    accountId: route === 'direct' ? null : terms.accountId,
    messageId: order.messageId,
    name: `${biller.code}_debits_${group.collectOn}_${order.messageId}.xml`,
    executeOn: group.collectOn,
    transactions: debits.length,
    amountMinor: order.debits.reduce((sum, { amount }) => sum + amount.minor, 0n),
    currency: group.currency,
    bytes: Buffer.concat([...parts.debitWriter.pieces(order)]),
    madeAt: at,
  });
  await putIntoFile(
    tx,
    billerId,
    debits.map(({ built }) => built),
    fileId,
  );
  await parts.at?.('filed');
  parts.log.info(
    { biller: biller.code, order: order.messageId, debits: debits.length },
    'a file of debits was made',
  );
  return taken.length;
}

/** Whom a file credits, and for whom; undefined: its debits wait for that, which is told. */
async function creditedBy(
  tx: Tx,
  { masterKey, debitWriter, log }: SendParts,
  { biller, terms, route }: { biller: Biller; terms: DebitTerms; route: Route },
): Promise<Pick<DebitOrderFile, 'creditor' | 'ultimateCreditor'> | undefined> {
  const creditor = await creditorOf(tx, masterKey, terms, route);
  const ultimateCreditor = await ultimateCreditorOf(tx, biller, route);
  const fault =
    creditor === undefined ? NO_OWN_ACCOUNT : debitWriter.creditorFault(creditor, ultimateCreditor);
  if (creditor !== undefined && fault === undefined) return { creditor, ultimateCreditor };
  log.warn({ biller: biller.code, route, fault }, 'the account to collect to is no good; debits wait');
  return undefined;
}

/** Those whose account cannot stand in an order are dropped: it has to be set anew in the mandate. */
async function orderable(
  tx: Tx,
  { masterKey, debitWriter, log }: SendParts,
  biller: Biller,
  taken: readonly BuiltDebit[],
  at: Date,
): Promise<{ built: BuiltDebit; filed: FiledDebit }[]> {
  const debits: { built: BuiltDebit; filed: FiledDebit }[] = [];
  const faulty: BuiltDebit[] = [];
  for (const built of taken) {
    const debtor = debtorOf(masterKey, built);
    const fault = debitWriter.faultOf(debtor);
    if (fault === undefined) debits.push({ built, filed: filedDebit(built, debtor, biller) });
    else {
      faulty.push(built);
      log.warn(
        { debit: showId('dbt', built.debitId), fault },
        'an account cannot stand in an order of debits',
      );
    }
  }
  if (faulty.length > 0) {
    const locked = await lockDebits(tx, faulty);
    await moveDebits(
      tx,
      locked.map((debit) => ({ debit, to: 'dropped', why: 'account' })),
      { actor: WORKER, at },
    );
  }
  return debits;
}

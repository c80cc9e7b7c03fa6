// The debits of a month as CSV (RFC 4180, UTF-8), a line for each, as a stream: read a lot at a time, each in a short
// transaction. What people and banks have written is disarmed where a spreadsheet would obey it.

import type { Biller } from '../../billers/index.ts';
import { csvCell } from '../../kernel/csv-cell.ts';
import { showId } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import { endToEndIdOf } from '../debits/index.ts';
import { monthOf } from './report.ts';
import type { FollowTools } from './show-debit.ts';
import { listDebits, type DebitListWish, type SeenDebit } from './store-list.ts';

export const REPORT_HEADER =
  'collectOn,state,reason,debitId,endToEndId,mandateId,mandateReference,payerId,payerName,account,channelCode,bills,amount,currency,attempt,retryOf,retryOn,bankReference';

/** Written in between other answers: a lot keeps the gateway busy for some 30 ms. */
const LOT_DEBITS = 250;
const BYTE_ORDER_MARK = '\ufeff';

/** `month`: YYYY-MM. */
export async function* reportCsv(
  { database, directory }: FollowTools,
  biller: Biller,
  month: string,
  isMarked: boolean,
): AsyncGenerator<string> {
  const { billerId, from, to } = monthOf(biller, month);
  const { channelsById } = directory.current;
  const node = database.nodeOf(billerId);
  yield `${isMarked ? BYTE_ORDER_MARK : ''}${REPORT_HEADER}\n`;
  for (let after: DebitListWish['after'] = null; ;) {
    const wish: DebitListWish = { ...EVERYTHING, billerId, from, to, after, limit: LOT_DEBITS };
    const debits = await node.transaction((tx) => listDebits(tx, wish));
    const last = debits.at(-1);
    if (last === undefined) return;
    yield debits.map((each) => lineOf(each, channelsById.get(each.channelId)?.code ?? '')).join('');
    if (debits.length < LOT_DEBITS) return;
    after = { collectOn: last.collectOn, debitId: last.debitId };
  }
}

const EVERYTHING = { channelId: null, mandateId: null, payerId: null, state: null, billNumber: null };

function lineOf(it: SeenDebit, channelCode: string): string {
  const cells = [
    it.collectOn,
    it.state,
    it.why ?? '',
    showId('dbt', it.debitId),
    endToEndIdOf(it.debitId),
    showId('mnd', it.mandateId),
    it.mandateReference,
    it.payerId,
    it.payerName,
    it.account,
    channelCode,
    String(it.billCount),
    formatMinor(it.amountMinor, it.currency),
    it.currency,
    String(it.attempt),
    it.retryOf === null ? '' : showId('dbt', it.retryOf),
    it.retryOn ?? '',
    it.bankReference ?? '',
  ];
  return `${cells.map(csvCell).join(',')}\n`;
}

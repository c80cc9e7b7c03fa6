// What a month of debits came to: asked of the banks, collected, failed and why, taken back, dropped. By the day on which a
// debit is collected, as things stand now: a return counts in the month of its debit.

import { addDays, addMonths } from '../../kernel/business-date.ts';
import type { Biller } from '../../billers/index.ts';
import { toText } from '../../kernel/money.ts';
import { inWords } from '../debits/index.ts';
import type { ReportAnswer } from './report-schema.ts';
import type { FollowTools } from './show-debit.ts';
import type { Span, SumRow } from './store-sums.ts';
import { walkSums } from './walk-sums.ts';

type Part = Pick<SumRow, 'channel_id' | 'state' | 'why' | 'is_retry' | 'count' | 'minor'>;

/** `month`: YYYY-MM. */
export async function debitReport(
  { database, directory }: FollowTools,
  biller: Biller,
  month: string,
): Promise<ReportAnswer> {
  const parts: Part[] = [];
  for await (const rows of walkSums(database, monthOf(biller, month))) parts.push(...rows);
  const { currency } = biller;
  const sumOf = (fits: (part: Part) => boolean) => {
    let [count, minor] = [0, 0n];
    for (const part of parts.filter(fits)) {
      count += part.count;
      minor += part.minor;
    }
    return { count, amount: toText({ minor, currency }) };
  };
  const of =
    (...states: Part['state'][]) =>
    (part: Part): boolean =>
      states.includes(part.state);
  const asked = of('sent', 'collected', 'failed', 'returned');
  const byReason = (state: Part['state']) =>
    reasonsOf(parts.filter(of(state))).map(({ cause, count, minor }) => ({
      cause,
      words: inWords(cause),
      count,
      amount: toText({ minor, currency }),
    }));
  const channels = [...new Set(parts.filter(asked).map((part) => part.channel_id))];
  return {
    billerCode: biller.code,
    month,
    asked: sumOf(asked),
    waiting: sumOf(of('sent')),
    collected: sumOf(of('collected')),
    failed: sumOf(of('failed')),
    returned: sumOf(of('returned')),
    notAsked: sumOf(of('planned', 'held', 'built')),
    dropped: sumOf(of('dropped')),
    retries: sumOf((part) => asked(part) && part.is_retry),
    retriesCollected: sumOf((part) => part.state === 'collected' && part.is_retry),
    failedBy: byReason('failed'),
    returnedBy: byReason('returned'),
    droppedBy: byReason('dropped'),
    banks: channels
      .map((channelId) => {
        const here = (fits: (part: Part) => boolean) =>
          sumOf((part) => part.channel_id === channelId && fits(part));
        return {
          channelCode: directory.current.channelsById.get(channelId)?.code ?? '',
          asked: here(asked),
          collected: here(of('collected')),
          failed: here(of('failed')),
          returned: here(of('returned')),
        };
      })
      .toSorted((a, b) => (a.channelCode < b.channelCode ? -1 : 1)),
  };
}

export function monthOf({ billerId }: Biller, month: string): Span {
  const from = `${month}-01`;
  // There is no day behind the last December.
  const to = month.endsWith('-12') ? `${month}-31` : addDays(addMonths(from, 1), -1);
  return { billerId, from, to };
}

/** The largest amount first. */
function reasonsOf(parts: readonly Part[]): { cause: string; count: number; minor: bigint }[] {
  const sums = new Map<string, { cause: string; count: number; minor: bigint }>();
  for (const { why, count, minor } of parts) {
    const cause = why ?? 'unsaid';
    const known = sums.get(cause) ?? { cause, count: 0, minor: 0n };
    sums.set(cause, { cause, count: known.count + count, minor: known.minor + minor });
  }
  return [...sums.values()].toSorted((a, b) => (a.minor < b.minor ? 1 : -1));
}

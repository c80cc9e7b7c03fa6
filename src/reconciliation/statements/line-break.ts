// A line that nobody could place, as a break for persons.

import type { Json } from '../../kernel/errors.ts';
import type { FoundBreak } from '../breaks/index.ts';
import { absolute, type WaitingLine } from './waiting-line.ts';

/** `ours`: why it could not be placed, and what of ours it may be. */
export function lineBreak(line: WaitingLine, kind: FoundBreak['kind'], ours: Json): FoundBreak {
  const { statementId, bookedOn, currency, amountMinor } = line;
  return {
    billerId: line.billerId ?? 0,
    // A doubt that persons have answered stays answered; what the line is then found to be is another break.
    key: `${kind === 'doubtful-line' ? 'doubt' : 'line'}:${statementId}:${line.line}`,
    kind,
    channelId: null,
    businessDate: null,
    reference: null,
    paymentId: null,
    statementId,
    line: line.line,
    currency,
    amountMinor: absolute(amountMinor),
    ours,
    theirs: {
      bookedOn,
      amountMinor: String(amountMinor),
      accountId: line.accountId,
      code: line.code,
      bankReference: line.bankReference,
      endToEndId: line.endToEndId,
      counterparty: line.counterparty,
      text: line.text.slice(0, 1000),
    },
  };
}

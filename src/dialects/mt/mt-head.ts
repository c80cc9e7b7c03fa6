// What stands before the bookings of a SWIFT message, :20: to :60F:, and the sums of an MT942, :90D: and :90C:.

import { isIban } from '../../kernel/bank-account-number.ts';
import { exponentOf } from '../../kernel/currencies.ts';
import { StatementFault, type StatementHead } from '../../reconciliation/index.ts';
import { accountText, idText } from '../statements/clean-text.ts';
import type { Claim } from '../statements/tally.ts';
import type { MtField } from './mt-fields.ts';
import { readMtAmount, readMtBalance } from './mt-values.ts';

export interface MtHead {
  readonly head: StatementHead;
  /** It begins with an interim balance (:60M:): the page before has the same. */
  readonly isPage: boolean;
}

/** Throws StatementFault where it is not said whose statement it is, or with what it opens. */
export function readMtHead(fields: readonly MtField[], place: string): MtHead {
  const field = (...tags: string[]): MtField | undefined => fields.find(({ tag }) => tags.includes(tag));
  const value = (...tags: string[]): string | null => field(...tags)?.lines[0]?.trim() ?? null;
  const reference = idText(value('20'), place);
  if (reference === null) throw new StatementFault(place, 'it says no reference (:20:)');
  const starts = fields.filter(({ tag }) => tag === '60F' || tag === '60M');
  if (starts.length > 1) throw new StatementFault(place, 'it has a second opening balance');
  const start = starts[0];
  const floor = field('34F');
  if (start === undefined && floor === undefined && field('13', '13D') === undefined)
    throw new StatementFault(place, 'it says no opening balance (:60F:)');
  const opening = start === undefined ? undefined : readMtBalance(start.lines[0] ?? '', `line ${start.line}`);
  const currency = opening?.currency ?? /^[A-Z]{3}/.exec(value('34F') ?? '')?.[0];
  if (currency === undefined) throw new StatementFault(place, 'it says no currency (:34F:)');
  if (exponentOf(currency) === undefined)
    throw new StatementFault(place, `${currency} is no currency of ISO 4217`);
  return {
    isPage: start?.tag === '60M',
    head: {
      form: opening === undefined ? 'notification' : 'statement',
      message: opening === undefined ? 'MT942' : 'MT940',
      reference,
      sequence: idText(value('28C', '28'), place),
      account: accountOf(value('25', '25P'), currency, place),
      currency,
      from: null,
      to: null,
      opening: opening === undefined ? null : { minor: opening.minor, on: opening.on },
    },
  };
}

/** `BANK/number`, `number` or an IBAN, perhaps with its currency behind: the number alone. */
function accountOf(text: string | null, currency: string, place: string): string {
  const number = accountText(text, place)?.split('/').at(-1) ?? '';
  if (number === '') throw new StatementFault(place, 'it says no account (:25:)');
  const bare = number.slice(0, -currency.length);
  return number.endsWith(currency) && /\d$/.test(bare) && !isIban(number) ? bare : number;
}

/** `3EUR120,`: number and sum of the debits or credits. */
export function readMtClaim({ tag, lines, line }: MtField, currency: string): Claim {
  const parts = /^(\d{1,5})([A-Z]{3})([\d,]{1,40})\s*$/.exec(lines[0] ?? '');
  if (parts === null || parts[2] !== currency)
    throw new StatementFault(`line ${line}`, `:${tag}: is no number and sum in ${currency}`);
  return {
    side: tag === '90C' ? 'credits' : 'debits',
    count: BigInt(parts[1] ?? '0'),
    sum: readMtAmount(parts[3] ?? '', currency, `line ${line}`),
  };
}

// Bookings of a CSV file, oldest first, as statements: one for each account, with the balances that its rows prove.

import { maskAccountNumber } from '../../kernel/mask.ts';
import { formatMinor } from '../../kernel/money.ts';
import { StatementFault, type StatementBalance, type StatementPart } from '../../reconciliation/index.ts';
import type { RowLine } from './csv-row-line.ts';

const MOST_ACCOUNTS = 100_000;

export class CsvStatements {
  readonly parts: StatementPart[] = [];
  readonly #accounts = new Set<string>();
  #last: RowLine | undefined;
  #entries = 0;

  get isBegun(): boolean {
    return this.#last !== undefined;
  }

  /** Throws StatementFault where a balance does not follow from the one before, or an account comes back. */
  take(row: RowLine): void {
    const last = this.#last;
    if (last !== undefined && last.account === row.account) this.#checkNext(last, row);
    else this.#begin(row);
    this.#last = row;
    this.parts.push({ kind: 'line', line: { ...row.line, entry: ++this.#entries } });
  }

  end(): void {
    const last = this.#last;
    if (last === undefined) return;
    this.parts.push({ kind: 'end', tail: { closing: balance(last.balance, last.line.bookedOn) } });
    this.#last = undefined;
  }

  /** The file has no reference of its own: the first day stands for it. */
  #begin(row: RowLine): void {
    const { account, currency, line } = row;
    this.end();
    if (this.#accounts.has(account))
      throw new StatementFault(
        line.place,
        `rows of the account ${maskAccountNumber(account)} stand in two places of the file`,
      );
    if (this.#accounts.size === MOST_ACCOUNTS)
      throw new StatementFault(line.place, `the file has more than ${MOST_ACCOUNTS} accounts`);
    this.#accounts.add(account);
    this.#entries = 0;
    this.parts.push({
      kind: 'statement',
      head: {
        form: row.balance === null ? 'notification' : 'statement',
        message: 'csv',
        reference: line.bookedOn,
        sequence: null,
        account,
        currency,
        from: null,
        to: null,
        opening: balance(row.balance === null ? null : row.balance - line.minor, null),
      },
    });
  }

  #checkNext(last: RowLine, { currency, balance: said, line }: RowLine): void {
    if (currency !== last.currency)
      throw new StatementFault(
        line.place,
        `it is in ${currency}, the rows before it are in ${last.currency}`,
      );
    if (said === null || last.balance === null || last.balance + line.minor === said) return;
    const shown = (minor: bigint): string => formatMinor(minor, currency);
    throw new StatementFault(
      line.place,
      `${shown(last.balance)} and ${shown(line.minor)} make ${shown(last.balance + line.minor)}, ` +
        `but its balance is ${shown(said)}`,
    );
  }
}

function balance(minor: bigint | null, on: string | null): StatementBalance | null {
  return minor === null ? null : { minor, on };
}

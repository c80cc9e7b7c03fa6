// A row of a bank's CSV as a booking.

import { maskAccountNumber } from '../../kernel/mask.ts';
import { StatementFault, type CsvMapping, type StatementLine } from '../../reconciliation/index.ts';
import { accountText, codeText, idText, joinTexts, nameText } from '../statements/clean-text.ts';
import type { CsvCells } from './csv-cells.ts';
import type { CsvRow } from './csv-rows.ts';
import { readCsvAmount, readCsvDay } from './csv-values.ts';

export interface RowLine {
  readonly account: string;
  readonly currency: string;
  /** After the row. null: the bank gives none. */
  readonly balance: bigint | null;
  readonly line: Omit<StatementLine, 'entry'>;
}

/** Throws StatementFault for what is missing, or not of the form that the mapping says. */
export function readRowLine(
  row: CsvRow,
  cells: CsvCells,
  mapping: CsvMapping,
  currencyOf: (account: string) => string | undefined,
): RowLine {
  const place = `line ${row.line}`;
  cells.check(row);
  const account = accountText(cells.of(row, 'account') ?? mapping.account ?? null, place);
  if (account === null) throw new StatementFault(place, 'it says no account');
  const currency = cells.of(row, 'currency')?.toUpperCase() ?? mapping.currency ?? currencyOf(account);
  if (currency === undefined)
    throw new StatementFault(
      place,
      `nothing says in which currency the account ${maskAccountNumber(account)} is`,
    );
  const day = (name: 'date' | 'valueDate'): string | null => {
    const text = cells.of(row, name);
    return text === null ? null : readCsvDay(text, mapping, place);
  };
  const bookedOn = day('date');
  if (bookedOn === null) throw new StatementFault(place, 'it says no day of booking');
  const balance = cells.of(row, 'balance');
  if (balance === null && mapping.columns.balance !== undefined)
    throw new StatementFault(place, 'it says no balance');
  return {
    account,
    currency,
    balance: balance === null ? null : readCsvAmount(balance, mapping, currency, place),
    line: {
      minor: movementOf(row, cells, mapping, currency),
      bookedOn,
      bookedAt: null,
      valuedOn: day('valueDate'),
      isReversal: false,
      bankReference: idText(cells.of(row, 'reference'), place),
      sumReference: null,
      endToEndId: idText(cells.of(row, 'endToEndId'), place),
      messageId: null,
      paymentInfoId: null,
      code: codeText(cells.of(row, 'code')),
      returnReason: null,
      counterparty: nameText(cells.of(row, 'counterparty')),
      counterpartyAccount: otherAccount(cells.of(row, 'counterpartyAccount')),
      text: joinTexts(cells.texts(row)),
      place,
    },
  };
}

/** What is no number of an account, a formula too, is none. */
function otherAccount(text: string | null): string | null {
  return text === null || !/^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,69}$/u.test(text) ? null : accountText(text, '');
}

/** Signed: one signed amount, one beside its sign, or one of two columns. */
function movementOf(row: CsvRow, cells: CsvCells, mapping: CsvMapping, currency: string): bigint {
  const place = `line ${row.line}`;
  const read = (name: 'amount' | 'credit' | 'debit'): bigint | null => {
    const text = cells.of(row, name);
    return text === null ? null : readCsvAmount(text, mapping, currency, place);
  };
  if (mapping.columns.amount !== undefined) {
    const amount = read('amount');
    if (amount === null) throw new StatementFault(place, 'it says no amount');
    if (mapping.columns.sign === undefined) return amount;
    if (amount < 0n) throw new StatementFault(place, 'its amount has a sign beside the column of signs');
    return isCredit(cells.of(row, 'sign') ?? '', mapping, place) ? amount : -amount;
  }
  const [credit, debit] = [read('credit'), read('debit')];
  if (credit === null && debit === null)
    throw new StatementFault(place, 'it says neither a credit nor a debit');
  if (credit !== null && credit < 0n) throw new StatementFault(place, 'its credit is less than zero');
  // Some banks write what goes out with a minus, others leave it to the column.
  const out = debit === null ? 0n : debit < 0n ? -debit : debit;
  if ((credit ?? 0n) !== 0n && out !== 0n)
    throw new StatementFault(place, 'it says a credit and a debit at once');
  return (credit ?? 0n) - out;
}

function isCredit(sign: string, { signs }: CsvMapping, place: string): boolean {
  const isOf = (words: readonly string[]): boolean =>
    words.some((word) => word.toLowerCase() === sign.toLowerCase());
  if (isOf(signs?.credit ?? ['C', 'CR', '+'])) return true;
  if (isOf(signs?.debit ?? ['D', 'DR', '-'])) return false;
  throw new StatementFault(
    place,
    `its sign ${JSON.stringify(sign.slice(0, 20))} is neither credit nor debit`,
  );
}

// The agencies, bills, pay codes and deposits of the benchmark of deposits: three kinds of numbers, and for each text what
// it is rightly found to be for.

import { makeCreditorReference } from '../../src/kernel/creditor-reference.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/db/index.ts';
import type { DepositLine } from '../../src/reconciliation/deposits/index.ts';
import { bareText, billText, codeText, dice, noiseText, payerText, type Dice } from './deposit-texts.ts';
import { ask } from './server.ts';
import { BILLER } from './world.ts';

export const TEXTS = 10_000;

/** Bill `i` of agency 1 + i % 3, and its payer: as SQL and as the program writes them. */
const NUMBER = [
  (i: number) => `OM-2026-${String(i).padStart(7, '0')}`,
  (i: number) => String(4_170_000_000 + i * 7),
  (i: number) => scramble(i),
];
const PAYER = [
  (i: number) => `E-${20_000 + Math.floor(i / 30)}`,
  (i: number) => String(7_000_000 + Math.floor(i / 30)),
  (i: number) => `C${100_000 + Math.floor(i / 30)}`,
];
const amountOf = (i: number): bigint => BigInt(50_000 + ((i * 7919) % 400_000));

/** Ten letters and digits that look like chance, one to one. */
function scramble(i: number): string {
  const text = ((BigInt(i) * 2_862_933_555_777_941_757n + 3_037_000_493n) % 36n ** 10n).toString(36);
  return text.toUpperCase().padStart(10, 'A');
}

export async function layOut(database: Database, size: number): Promise<void> {
  const chunk = 20_000;
  for (let from = 0; from < size; from += chunk) {
    const ids = Array.from({ length: Math.min(chunk, size - from) }, (_, at) => from + at);
    await database.transaction((tx) =>
      tx.query(
        `insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, due_on, content_hash, received_at)
         select * from (select b, n, p, 'Al Noor Trading', 'Contributions', a, current_date + 40, sha256(n::bytea), now()
           from unnest($1::int[], $2::text[], $3::text[], $4::bigint[]) as x(b, n, p, a)) y`,
        [
          ids.map((i) => BILLER.id + (i % 3)),
          ids.map((i) => NUMBER[i % 3]?.(i)),
          ids.map((i) => PAYER[i % 3]?.(i)),
          ids.map((i) => String(amountOf(i))),
        ],
      ),
    );
  }
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into channel (channel_id, code, name, kind, funding) values (9, 'deposit', '{"en":"Deposits"}', 'deposit', 'postpaid')`,
    );
    await tx.query(
      `insert into agreement (biller_id, channel_id, version, recorded_at, terms) select b, 9, 1, '2020-01-01', '{"route":"via-operator"}' from generate_series(1, 3) b`,
    );
    for (let i = 0; i < CODES; i++)
      await tx.query('insert into pay_code values ($1, $2, $2, $3, now())', [
        BILLER.id,
        codeOf(i),
        [NUMBER[0]?.(i * 3)],
      ]);
  });
  await ask(database.url, 'vacuum analyze');
}

const CODES = 500;
const codeOf = (i: number): string => makeCreditorReference(String(10 ** 13 + i * 7_919_333));

export interface Expected {
  readonly line: DepositLine;
  /** As `nameOf` tells the plan that is right. */
  readonly wanted: string;
}

export const STATEMENT = newId(Date.now(), 0);
const today = (): string => new Date().toISOString().slice(0, 10);

function lineOf(line: number, text: string, amountMinor: bigint): DepositLine {
  const where = { statementId: STATEMENT, line, accountId: 1, bookedOn: today(), bookedAt: null };
  return { ...where, currency: BILLER.currency, amountMinor, text, counterparty: null };
}

/** Every bill at most once: the first hundred thousand are for payers, pairs and codes, the others for themselves. */
export function realLines(size: number): Expected[] {
  const d = dice(5);
  const step = Math.floor((size * 0.9) / TEXTS);
  return Array.from({ length: TEXTS }, (_, at): Expected => {
    const i = Math.floor(size * 0.1) + at * step;
    const text = realText(at, i, d);
    return { line: lineOf(at + 1, text.text, text.amountMinor), wanted: text.wanted };
  });
}

function realText(at: number, i: number, d: Dice): { text: string; amountMinor: bigint; wanted: string } {
  const biller = i % 3;
  const number = NUMBER[biller]?.(i) ?? '';
  const isDigits = biller === 1;
  const bill = { amountMinor: amountOf(i), wanted: `bills ${BILLER.id + biller} ${number}` };
  if (at % 20 === 7) {
    const code = codeOf(at % CODES);
    return { text: codeText(code, d), amountMinor: 1000n, wanted: `code ${BILLER.id} ${code}` };
  }
  if (at % 20 === 13) {
    const payer = PAYER[biller]?.(i) ?? '';
    return { text: payerText(payer, d), amountMinor: 7n, wanted: `payer ${BILLER.id + biller} ${payer}` };
  }
  if (at % 20 === 17 && Math.floor(i / 30) === Math.floor((i + 3) / 30)) {
    const other = NUMBER[biller]?.(i + 3) ?? '';
    const amountMinor = amountOf(i) + amountOf(i + 3);
    return { text: billText([number, other], isDigits, d), amountMinor, wanted: `${bill.wanted} ${other}` };
  }
  if (isDigits && at % 4 === 0) return { ...bill, text: bareText(number, d) };
  return { ...bill, text: billText([number], isDigits, d) };
}

/** The amounts are those that many bills are due. */
export function noiseLines(size: number): Expected[] {
  const d = dice(11);
  return Array.from({ length: TEXTS }, (_, at) => ({
    line: lineOf(TEXTS + at + 1, noiseText(d), amountOf(d.below(size))),
    wanted: 'nobody none',
  }));
}

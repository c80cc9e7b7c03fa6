// The linked agency keeps its bills itself and is asked for them, so it is given those that stand here for it: a file of
// NDJSON lines, which it reads at its first question. Written once; afterwards its own table is what counts.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { NumberedBillBody } from '../bills/index.ts';
import { formatMinor } from '../kernel/money.ts';
import type { Database } from '../platform/db/index.ts';
import { writePrivately } from './private-file.ts';
import { billsOf, type BillOfAgencyRow } from './store.ts';

export function billsFilePath(dataDir: string): string {
  return path.join(dataDir, 'agency-bills.ndjson');
}

export async function handOverBills(
  database: Database,
  dataDir: string,
  { code, currency }: { code: string; currency: string },
): Promise<void> {
  const file = billsFilePath(dataDir);
  if ((await fs.stat(file).catch(() => undefined)) !== undefined) return;
  const rows = await database.transaction((tx) => billsOf(tx, code));
  await writePrivately(file, rows.map((row) => `${JSON.stringify(bodyOf(row, currency))}\n`).join(''));
}

/** As it was presented, so that the same version has the same content. */
function bodyOf(row: BillOfAgencyRow, currency: string): NumberedBillBody {
  const text = (minor: bigint): string => formatMinor(minor, currency);
  const bounds = {
    min: text(row.min_minor ?? 0n),
    max: text(row.max_minor ?? 0n),
    ...(row.step_minor !== null && { step: text(row.step_minor) }),
    currency,
  };
  return {
    billNumber: row.bill_number,
    payerId: row.payer_id,
    payerName: row.payer_name,
    description: row.description,
    amount: row.amount_minor === null ? bounds : { value: text(row.amount_minor), currency },
    dueOn: row.due_on,
    ...(row.expires_on !== null && { expiresOn: row.expires_on }),
    ...(row.version !== null && { version: Number(row.version) }),
    ...(row.lines !== null && {
      lines: row.lines.map(({ budgetLine, amount }) => ({ budgetLine, amount: { value: amount, currency } })),
    }),
    ...(row.budget_line !== null && { budgetLine: row.budget_line }),
    ...(row.unit !== null && { unit: row.unit }),
    ...(row.service !== null && { service: row.service }),
    ...(row.contact !== null && { payer: row.contact }),
  };
}

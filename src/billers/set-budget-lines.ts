// The biller's revenue heads. Once it has any, bills, their lines and services name none but them; until then anything
// goes. Lines are added and renamed, never removed, since bills and reports name them.

import { Compile } from 'typebox/compile';
import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { listFaults, listOf } from './code-list.ts';
import { unknownLine } from './set-services.ts';
import {
  budgetLinesOf,
  findBillerId,
  lockConfiguration,
  mergeBudgetLines,
  servicesOf,
} from './store-change.ts';

const validator = Compile(listOf({}));

/** Refuses first lines that leave out one which a service names already. */
export async function setBudgetLines(
  database: Database,
  billerCode: string,
  lines: readonly object[],
  actor: Actor,
): Promise<Outcome<number>> {
  const json: unknown = lines;
  if (!validator.Check(json))
    return { ok: false, reason: listFaults('budget lines', validator.Errors(json)) };
  const twice = json.find(({ code }, at) => json.findIndex((line) => line.code === code) !== at);
  if (twice !== undefined) return { ok: false, reason: `budget line ${twice.code} comes twice` };
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const billerId = await findBillerId(tx, billerCode);
    if (billerId === undefined) return { ok: false, reason: `there is no biller ${billerCode}` };
    const before = await budgetLinesOf(tx, billerId);
    const missing = unknownLine(await servicesOf(tx, billerId), [...before, ...json]);
    if (missing !== undefined) return { ok: false, reason: missing };
    await mergeBudgetLines(tx, billerId, json);
    await recordAudit(tx, actor, {
      action: 'biller.set-budget-lines',
      subject: `biller/${billerCode}`,
      before,
      after: await budgetLinesOf(tx, billerId),
    });
    return { ok: true, value: json.length };
  });
}

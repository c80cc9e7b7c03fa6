// What the biller bills for, and the budget line each service is booked to unless the bill says otherwise.
// Services are added and changed, never removed, since bills and reports name them.

import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import { CODE } from '../kernel/code-form.ts';
import type { Database } from '../platform/db/index.ts';
import type { BudgetLine, Service } from './biller.ts';
import { listFaults, listOf } from './code-list.ts';
import { budgetLinesOf, findBillerId, lockConfiguration, mergeServices, servicesOf } from './store-change.ts';

const validator = Compile(listOf({ budgetLine: Type.Optional(Type.String({ pattern: CODE })) }));

export async function setServices(
  database: Database,
  billerCode: string,
  services: readonly object[],
  actor: Actor,
): Promise<Outcome<number>> {
  const json: unknown = services;
  if (!validator.Check(json)) return { ok: false, reason: listFaults('services', validator.Errors(json)) };
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const billerId = await findBillerId(tx, billerCode);
    if (billerId === undefined) return { ok: false, reason: `there is no biller ${billerCode}` };
    const unknown = unknownLine(json, await budgetLinesOf(tx, billerId));
    if (unknown !== undefined) return { ok: false, reason: unknown };
    const before = await servicesOf(tx, billerId);
    await mergeServices(tx, billerId, json);
    await recordAudit(tx, actor, {
      action: 'biller.set-services',
      subject: `biller/${billerCode}`,
      before,
      after: await servicesOf(tx, billerId),
    });
    return { ok: true, value: json.length };
  });
}

/** Where the biller has budget lines, a service names one of them. */
export function unknownLine(services: readonly Service[], lines: readonly BudgetLine[]): string | undefined {
  const codes = new Set(lines.map((line) => line.code));
  if (codes.size === 0) return undefined;
  const bad = services.find(({ budgetLine }) => budgetLine !== undefined && !codes.has(budgetLine));
  return bad && `service ${bad.code}: there is no budget line ${bad.budgetLine}`;
}

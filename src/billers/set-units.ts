// The biller's tree of units: governorate, local unit, branch. Units are added and renamed, never removed, since
// bills and reports name them.

import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Unit } from './biller.ts';
import { listFaults, listOf } from './code-list.ts';
import { findBillerId, lockConfiguration, mergeUnits, unitsOf } from './store-change.ts';

const validator = Compile(listOf({ parent: Type.Optional(Type.String()) }));

/** Adds the listed units and changes those that are there. Refuses a parent that is none, and a circle. */
export async function setUnits(
  database: Database,
  code: string,
  units: readonly object[],
  actor: Actor,
): Promise<Outcome<number>> {
  const json: unknown = units;
  if (!validator.Check(json)) return { ok: false, reason: listFaults('units', validator.Errors(json)) };
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const billerId = await findBillerId(tx, code);
    if (billerId === undefined) return { ok: false, reason: `there is no biller ${code}` };
    const before = await unitsOf(tx, billerId);
    const fault = treeFault([...before, ...json]);
    if (fault !== undefined) return { ok: false, reason: fault };
    await mergeUnits(tx, billerId, json);
    await recordAudit(tx, actor, {
      action: 'biller.set-units',
      subject: `biller/${code}`,
      before,
      after: await unitsOf(tx, billerId),
    });
    return { ok: true, value: json.length };
  });
}

/** Of two units with one code the later counts. */
function treeFault(units: readonly Unit[]): string | undefined {
  const parents = new Map(units.map((unit) => [unit.code, unit.parent]));
  for (const [code, parent] of parents) {
    if (parent !== undefined && !parents.has(parent)) return `unit ${code}: there is no unit ${parent}`;
    const path = new Set([code]);
    for (let above = parent; above !== undefined; above = parents.get(above)) {
      if (path.has(above)) return `unit ${code} would lie below itself`;
      path.add(above);
    }
  }
  return undefined;
}

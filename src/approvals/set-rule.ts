// How many persons, one after the other, accept requests of a kind. Holds for requests asked from now on: those that are
// open keep the steps that they were asked with.

import { recordAudit, type Actor } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { listRuleRows, stepsOf, upsertRule } from './store-rule.ts';

export async function setRule(database: Database, kind: string, steps: number, actor: Actor): Promise<void> {
  await database.transaction(async (tx) => {
    const before = await stepsOf(tx, kind);
    await upsertRule(tx, kind, steps);
    await recordAudit(tx, actor, {
      action: 'approval.rule',
      subject: `approval-kind/${kind}`,
      before: before === undefined ? undefined : { steps: before },
      after: { steps },
    });
  });
}

export function listRules(database: Database): Promise<{ kind: string; steps: number }[]> {
  return database.transaction(listRuleRows);
}

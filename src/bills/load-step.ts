// One step of loading a file: a short transaction that writes its lines and moves the file's progress together, so
// a process killed at any moment leaves the file at the end of some step, and two loaders never count a line twice.

import type { Biller } from '../billers/index.ts';
import { newId } from '../kernel/ids.ts';
import { isConflict, sqlStateOf, type Database, type Tx } from '../platform/db/index.ts';
import { decideStep, type StepDecision } from './decide-step.ts';
import { listRejects } from './list-rejects.ts';
import { readInDebit, readNow } from './store-bill.ts';
import type { BillFileKey } from './store-bill-file.ts';
import {
  advance,
  copyBills,
  insertNew,
  insertRejects,
  lockProgress,
  lockStagedBills,
  replaceBills,
  stageBills,
  type StagedRow,
} from './store-load-step.ts';
import type { Step } from './step.ts';

export type LoaderBiller = Pick<
  Biller,
  'billerId' | 'currency' | 'policy' | 'units' | 'services' | 'budgetLines' | 'calendar'
>;

/** `fresh`: all bills were new. `mixed`: not all. `lost`: the file is not at this step any more. */
export type StepOutcome = 'fresh' | 'mixed' | 'lost';

const ATTEMPTS = 5;
const UNIQUE_VIOLATION = '23505';

/**
 * Locks the file's row, then the bills. `hopeful` tries the short way first, COPY straight into the bills, which is
 * for files of new bills; a number that exists costs one more transaction. Conflicts are tried again.
 */
export async function loadStep(
  node: Database,
  key: BillFileKey,
  biller: LoaderBiller,
  step: Step,
  hopeful: boolean,
): Promise<StepOutcome> {
  let direct = hopeful;
  for (let attempt = 1; ; attempt++) {
    try {
      return await node.transaction((tx) => writeStep(tx, key, biller, step, direct));
    } catch (error) {
      const taken = direct && sqlStateOf(error) === UNIQUE_VIOLATION;
      if (!taken && (attempt >= ATTEMPTS || !isConflict(error))) throw error;
      direct = false;
    }
  }
}

async function writeStep(
  tx: Tx,
  key: BillFileKey,
  biller: LoaderBiller,
  step: Step,
  direct: boolean,
): Promise<StepOutcome> {
  const progress = await lockProgress(tx, key, step.from);
  if (progress === undefined) return 'lost';
  const { created, replaced, unchanged, rejects } = await writeBills(tx, biller, step, direct);
  const rejected = [...step.rejects, ...rejects];
  await insertRejects(tx, key, listRejects(rejected, Number(progress.rejected)));
  await advance(tx, key, { created, replaced, unchanged, lines: step.size, rejected: rejected.length });
  return created === step.lines.length ? 'fresh' : 'mixed';
}

type Written = Pick<StepDecision, 'created' | 'replaced' | 'unchanged' | 'rejects'>;

async function writeBills(tx: Tx, biller: LoaderBiller, step: Step, direct: boolean): Promise<Written> {
  const { billerId, calendar } = biller;
  const allNew: Written = { created: step.lines.length, replaced: 0, unchanged: 0, rejects: [] };
  if (step.lines.length === 0) return allNew;
  if (direct) {
    await copyBills(tx, step.rows());
    return allNew;
  }
  await stageBills(tx, step.rows());
  const created = await insertNew(tx);
  if (created === step.lines.length) return allNew;
  const staged = await lockStagedBills(tx, billerId);
  const { now, today } = await readNow(tx, calendar);
  const inDebit = await readInDebit(tx, billerId, standingNumbers(staged));
  const decision = decideStep(staged, { lines: step.lines, inDebit, today }, () =>
    newId(now.getTime(), billerId),
  );
  await replaceBills(tx, billerId, decision.replacements, now);
  return decision;
}

/** Only what stood before the step can be in a debit. */
function standingNumbers(staged: readonly StagedRow[]): string[] {
  return [...new Set(staged.filter(({ fresh }) => !fresh).map((row) => row.bill_number))];
}

// What the close and the remittances of the demo stand on: budget lines, holidays, the operator's bank and accounts, and
// where each agency's money goes. Repeatable, also where an earlier version has seeded; each is planted once, and what
// somebody has set, ended or taken away since stays as he left it.

import type { Outcome } from '../access/index.ts';
import {
  addBank,
  addBankAccount,
  setRemittanceAccount,
  showBank,
  showBankAccounts,
  showRemittanceAccounts,
} from '../billers/bank/index.ts';
import { setBudgetLines, setHolidays, showBiller, type CalendarOwner } from '../billers/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import { DEMO_ACCOUNTS, DEMO_BANK, DEMO_REMITTANCE_ACCOUNTS } from './banks.ts';
import { DEMO_BILLERS, type DemoBiller } from './billers.ts';
import { DEMO_HOLIDAYS } from './holidays.ts';
import { DEMO_ACTOR } from './seed-parties.ts';
import { wasEverDone } from './store.ts';

export interface SettlementSeeding {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly log: Pick<Log, 'warn'>;
}

export async function seedSettlement(seeding: SettlementSeeding): Promise<void> {
  await seedBank(seeding);
  for (const biller of DEMO_BILLERS) await seedBiller(seeding, biller);
}

async function seedBank(seeding: SettlementSeeding): Promise<void> {
  const { database, masterKey } = seeding;
  const { code, settings } = DEMO_BANK;
  const standing = await showBank(database, code);
  if (standing === undefined)
    note(seeding, await addBank(database, code, { change: settings }, masterKey, DEMO_ACTOR));
  if ((standing?.holidays ?? []).length === 0) await seedHolidays(seeding, { kind: 'bank', code });
  const known = new Set((await showBankAccounts(database)).map((account) => account.code));
  for (const [account, wish] of Object.entries(DEMO_ACCOUNTS)) {
    if (known.has(account)) continue;
    note(
      seeding,
      await addBankAccount(database, account, { bankCode: code, ...wish }, masterKey, DEMO_ACTOR),
    );
  }
}

async function seedBiller(seeding: SettlementSeeding, { code, budgetLines }: DemoBiller): Promise<void> {
  const { database, masterKey } = seeding;
  const standing = await showBiller(database, code);
  const isPlanted = (action: string): Promise<boolean> =>
    database.transaction((tx) => wasEverDone(tx, action, `biller/${code}`));
  if (
    budgetLines !== undefined &&
    standing?.budgetLines.length === 0 &&
    !(await isPlanted('biller.set-budget-lines'))
  )
    note(seeding, await setBudgetLines(database, code, budgetLines, DEMO_ACTOR));
  if (standing?.holidays.length === 0) await seedHolidays(seeding, { kind: 'biller', code });
  if ((await showRemittanceAccounts(database, code))?.length !== 0) return;
  if (await isPlanted('biller.set-account')) return;
  for (const { billerCode, unit, ...wish } of DEMO_REMITTANCE_ACCOUNTS) {
    if (billerCode !== code) continue;
    const owner = { billerCode, unit };
    note(seeding, await setRemittanceAccount(database, owner, wish, masterKey, DEMO_ACTOR));
  }
}

async function seedHolidays(seeding: SettlementSeeding, owner: CalendarOwner): Promise<void> {
  const holidays = DEMO_HOLIDAYS[owner.code] ?? [];
  note(seeding, await setHolidays(seeding.database, owner, holidays, DEMO_ACTOR));
}

/** In an installation that somebody has changed it may not fit any more: then the start goes on without it. */
function note({ log }: SettlementSeeding, outcome: Outcome<unknown>): void {
  if (!outcome.ok) log.warn({ reason: outcome.reason }, 'a part of the demo could not be seeded');
}

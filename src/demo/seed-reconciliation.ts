// What the reconciliation of the demo stands on: the accounts that its channels pay from, the agreements under which payers
// may send their money straight to the operator's bank, and how that bank writes CSV. Repeatable, also where an earlier
// version has seeded; each is planted once, and what somebody has set, ended or taken away since stays as he left it.

import { ownChannelAlone, setAgreement } from '../channels/index.ts';
import { setBankStatements, setChannelAccount } from '../reconciliation/statements/index.ts';
import type { CsvMapping } from '../reconciliation/index.ts';
import type { Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import { DEMO_BANK, DEMO_CHANNEL_ACCOUNTS } from './banks.ts';
import { DEMO_BILLERS } from './billers.ts';
import { DEMO_ACTOR, agreedSince } from './seed-parties.ts';
import { servedBy, wasEverDone } from './store.ts';

/** The operator's own channel for what payers send to his bank. */
const DEPOSIT = 'deposit';

const CSV: CsvMapping = {
  delimiter: ',',
  columns: {
    date: 'Date',
    amount: 'Amount',
    balance: 'Balance',
    reference: 'Reference',
    code: 'Type',
    text: ['Details'],
    counterparty: 'Name',
    counterpartyAccount: 'From or to',
    account: 'Account',
    currency: 'Currency',
  },
  dateFormat: 'yyyy-MM-dd',
  decimalSign: '.',
};

export interface ReconciliationSeeding {
  readonly database: Database;
  readonly log: Pick<Log, 'warn'>;
}

export async function seedReconciliation(seeding: ReconciliationSeeding): Promise<void> {
  const { database } = seeding;
  const isPlanted = (action: string, subject: string): Promise<boolean> =>
    database.transaction((tx) => wasEverDone(tx, action, subject));
  for (const [channel, number] of Object.entries(DEMO_CHANNEL_ACCOUNTS))
    if (!(await isPlanted('channel.account-add', `channel/${channel}`)))
      note(seeding, await setChannelAccount(database, channel, { number, isRemoved: false }, DEMO_ACTOR));
  if (!(await isPlanted('bank.statements', `bank/${DEMO_BANK.code}`)))
    note(seeding, await setBankStatements(database, DEMO_BANK.code, { csv: CSV }, DEMO_ACTOR));
  const served = await database.transaction(async (tx) => {
    await ownChannelAlone(tx, DEPOSIT, DEMO_ACTOR);
    return new Set(await servedBy(tx, DEPOSIT));
  });
  for (const { code: billerCode } of DEMO_BILLERS) {
    if (served.has(billerCode)) continue;
    const parties = { billerCode, channelCode: DEPOSIT };
    const terms = { route: 'via-operator', methods: ['transfer'] };
    note(seeding, await setAgreement(database, parties, terms, DEMO_ACTOR, agreedSince()));
  }
}

/** In an installation that somebody has changed it may not fit any more: then the start goes on without it. */
function note({ log }: ReconciliationSeeding, outcome: Outcome<unknown>): void {
  if (!outcome.ok) log.warn({ reason: outcome.reason }, 'a part of the demo could not be seeded');
}

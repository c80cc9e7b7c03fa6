// How the answers of a bank are fetched, changed by the operator.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import { readBank } from '../billers/bank/index.ts';
import { lockConfiguration } from '../billers/index.ts';
import type { Database } from '../platform/db/index.ts';
import { readAnswerSettings, type AnswerSettings } from './answer-settings.ts';
import { readSettings, writeSettings } from './store-pickup.ts';

/** `pickup` null takes it away. */
export function setBankAnswers(
  database: Database,
  code: string,
  { pickup }: { readonly pickup: unknown },
  actor: Actor,
): Promise<Outcome<AnswerSettings>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const bank = await readBank(tx, code);
    if (bank === undefined) return { ok: false, reason: `there is no bank ${code}` };
    const read = readAnswerSettings(pickup === null ? {} : { pickup });
    if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
    const { settings: after } = read;
    if (after.pickup !== undefined && bank.handover.way !== 'sftp')
      return { ok: false, reason: `bank ${code} has no SFTP account: its handover says how orders reach it` };
    const before = await readSettings(tx, bank.bankId);
    await writeSettings(tx, bank.bankId, after);
    await recordAudit(tx, actor, { action: 'bank.answers', subject: `bank/${code}`, before, after });
    return { ok: true, value: after };
  });
}

/** undefined: there is no such bank. */
export function showBankAnswers(database: Database, code: string): Promise<AnswerSettings | undefined> {
  return database.transaction(async (tx) => {
    const bank = await readBank(tx, code);
    return bank && readSettings(tx, bank.bankId);
  });
}

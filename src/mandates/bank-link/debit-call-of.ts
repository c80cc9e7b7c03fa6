// A debit as its payer's bank is called for it, and whose account it is told to credit: the same at every call.

import { agreementAt, agreementKey, type Directory, type Route } from '../../channels/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import { openSecret } from '../../kernel/seal.ts';
import type { Tx } from '../../platform/db/index.ts';
import { creditorOf, endToEndIdOf, readDebitTerms, type Debit } from '../debits/index.ts';
import { accountSealId } from '../mandates/index.ts';
import type { AskTools } from './mandate-request-of.ts';
import { noteRoutes, readCallFacts } from './store-calls.ts';

/** `webhook-id`, and the debit's name at the bank for ever. */
export function debitCallId({ debitId }: Pick<Debit, 'debitId'>): string {
  return showId('dbt', debitId);
}

/**
 * The bodies of the calls, by debit; the same debit has the same one, unless the operator changes an account meanwhile. One
 * whose agency has no account to collect to has none, and waits: the bank would have nobody to credit. The route of the
 * others is noted.
 */
export async function debitCalls(
  tx: Tx,
  { directory, masterKey }: AskTools,
  debits: readonly Debit[],
  now: Date,
): Promise<Map<Uuid, object>> {
  const { billersById } = directory.current;
  const facts = await readCallFacts(tx, debits);
  const creditors = new Map<string, { creditor: object | undefined; creditorSchemeId: string | null }>();
  const calls = new Map<Uuid, object>();
  const routed: { debit: Debit; route: Route }[] = [];
  for (const debit of debits) {
    const { billerId, debitId, mandateId, amountMinor, currency } = debit;
    const biller = billersById.get(billerId);
    const fact = facts.get(debitId);
    if (biller === undefined || fact === undefined) throw new Error(`${debitCallId(debit)} is not whole`);
    const route = fact.route ?? routeAt(directory, debit, now);
    const key = `${billerId} ${route}`;
    let to = creditors.get(key);
    if (to === undefined) {
      const terms = await readDebitTerms(tx, billerId);
      const creditor = terms && (await creditorOf(tx, masterKey, terms, route));
      to = { creditor, creditorSchemeId: terms?.schemeId ?? null };
      creditors.set(key, to);
    }
    if (to.creditor === undefined) continue;
    routed.push({ debit, route });
    calls.set(debitId, {
      debitId: debitCallId(debit),
      endToEndId: endToEndIdOf(debitId),
      mandateId: showId('mnd', mandateId),
      mandateBankReference: fact.bankReference,
      signedOn: calendarDate(fact.mandateSince, biller.calendar),
      billerCode: biller.code,
      billerName: biller.name,
      amount: toText({ minor: amountMinor, currency }),
      collectOn: debit.collectOn,
      attempt: debit.attempt,
      account: {
        number: openSecret(masterKey, accountSealId(mandateId), fact.sealedAccount).toString('utf8'),
        kind: fact.accountKind,
        holder: fact.holder,
      },
      ...to,
      text: `${biller.code} ${fact.billNumbers}`.slice(0, 140),
    });
  }
  await noteRoutes(tx, routed);
  return calls;
}

function routeAt(
  { current: { agreements } }: Directory,
  { billerId, channelId }: Pick<Debit, 'billerId' | 'channelId'>,
  at: Date,
): Route {
  const versions = agreements.get(agreementKey(billerId, channelId)) ?? [];
  return agreementAt(versions, at)?.terms?.route ?? 'via-operator';
}

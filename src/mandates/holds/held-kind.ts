// What an agency decides about a debit above a ceiling of its payer's mandate (kind `debit`): it goes as it is, or not at all.

import { Type } from 'typebox';
import { businessNow, type Approval, type ApprovalKind } from '../../approvals/index.ts';
import type { Directory } from '../../channels/index.ts';
import { nextWorkingDay } from '../../calendar/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { partReader } from '../../platform/http/index.ts';
import { announceDebits, lockDebits, moveDebits, type Debit } from '../debits/index.ts';
import { factsOf, firstDay, leadOf, sendDay, type PlanFacts } from '../planning/index.ts';
import { DEBIT_REQUEST } from './held-request.ts';
import { mandateOf, noteOver } from './store-held.ts';

const read = partReader(Type.Object({ debitId: Type.String() }, { additionalProperties: false }), '/content');

export function heldKind({ directory }: { readonly directory: Directory }): ApprovalKind {
  return {
    kind: DEBIT_REQUEST,
    deciders: ['approver', 'finance-officer'],

    async accepted(tx, approval, actor) {
      const debit = await held(tx, approval);
      const { state, announceDays } = await mandateOf(tx, debit);
      if (state !== 'accepted') throw impossible(`the mandate is ${state} by now`);
      const at = await businessNow(tx);
      const biller = directory.current.billersById.get(debit.billerId);
      const facts = biller && (await factsOf(tx, biller, [debit], at));
      if (facts === undefined) throw impossible('the agency collects nothing any more');
      const day = dayOf(debit, announceDays, facts);
      await noteOver(tx, debit, day);
      await moveDebits(tx, [{ debit, to: 'planned' }], { actor: actor.name, at });
      const told: Debit = { ...debit, ...day, state: 'planned', over: true };
      // Of another try its payer knows, and expects it on the day that he was told.
      if (announceDays > 0 || debit.retryOf !== null) await announceDebits(tx, [told], at);
    },

    async ended(tx, approval, said) {
      if (said === undefined) return;
      const debit = await held(tx, approval);
      const at = await businessNow(tx);
      await moveDebits(tx, [{ debit, to: 'dropped', why: 'rejected' }], { actor: said.actor.name, at });
    },
  };
}

/** The payer is told before it, as of any other debit. */
function dayOf(debit: Debit, announceDays: number, facts: PlanFacts): { collectOn: string; sendOn: string } {
  const { biller, bank } = facts;
  const leadDays = leadOf(debit, facts);
  const first = firstDay({ ...facts, leadDays, announceDays, biller: biller.calendar });
  const collectOn = nextWorkingDay(debit.collectOn > first ? debit.collectOn : first, biller.calendar, bank);
  return { collectOn, sendOn: sendDay(collectOn, leadDays, bank) };
}

/** Refuses `approval-impossible` when it does not wait any more. */
async function held(tx: Tx, { billerId, content }: Approval): Promise<Debit> {
  const { debitId } = read(content);
  const id = parseId('dbt', debitId);
  const [debit] = id === undefined ? [] : await lockDebits(tx, [{ billerId, debitId: id }]);
  if (debit === undefined) throw impossible(`there is no debit ${debitId}`);
  if (debit.state !== 'held') throw impossible(`the debit is ${debit.state} by now`);
  return debit;
}

function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}

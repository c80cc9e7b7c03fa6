// What the agency is told of a remittance: sent, confirmed, returned (a rejected one is returned to it as well, with
// `state` telling which). One event per move, numbered by what can come before it.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Remittance } from '../batch.ts';
import type { Move } from './states.ts';

/** What of the batch and the account stands in the event beside the remittance. */
export interface TellFacts {
  readonly billerCode: string;
  readonly businessDate: BusinessDate;
  /** Masked. */
  readonly account: string | null;
}

export interface NewEvent {
  readonly billerId: number;
  readonly type: NonNullable<Move['tells']>;
  readonly subject: Uuid;
  readonly revision: number;
  /** JSON. */
  readonly payload: string;
  readonly at: Date;
}

/** `remittance` as it is after the move; `from` is the state before it. */
export function eventOf(
  remittance: Remittance,
  from: Remittance['state'],
  facts: TellFacts,
  at: Date,
): NewEvent {
  const { state, amountMinor, currency } = remittance;
  const payload = {
    remittanceId: showId('rmt', remittance.remittanceId),
    settlementId: showId('stl', remittance.settlementId),
    billerCode: facts.billerCode,
    businessDate: facts.businessDate,
    unit: remittance.unit === '' ? null : remittance.unit,
    attempt: remittance.attempt + 1,
    state,
    amount: toText({ minor: amountMinor, currency }),
    account: facts.account,
    endToEndId: remittance.endToEndId,
    executeOn: remittance.executeOn,
    valueDate: remittance.valueDate,
    late: remittance.late,
    sentAt: remittance.sentAt?.toISOString() ?? null,
    reason: remittance.reason,
  };
  return {
    billerId: remittance.billerId,
    type: typeOf(state),
    subject: remittance.remittanceId,
    revision: state === 'sent' ? 1 : from === 'confirmed' ? 3 : 2,
    payload: JSON.stringify(payload),
    at,
  };
}

function typeOf(state: Remittance['state']): NewEvent['type'] {
  if (state === 'sent') return 'remittance.sent';
  return state === 'confirmed' ? 'remittance.confirmed' : 'remittance.returned';
}

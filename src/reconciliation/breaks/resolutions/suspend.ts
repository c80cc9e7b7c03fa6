// Money that a channel has and that nobody can place yet: the channel owes it, and it lies in suspense, in the biller's
// book where the break is a biller's, else in the operator's. It leaves by unsuspend.ts.

import { Type } from 'typebox';
import { formatMinor, money, type Money } from '../../../kernel/money.ts';
import { accountOf, OPERATOR } from '../../../ledger/index.ts';
import { addCredit } from '../../../payments/credit/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible } from '../find-resolution.ts';
import type { Resolution } from '../resolution.ts';
import { said } from '../said.ts';
import type { StoredBreak } from '../store-break.ts';
import type { ResolutionTools } from '../tools.ts';
import { bookResolution, charge, lockBook, owedOn } from './charge.ts';

export function suspending(tools: ResolutionTools): Resolution {
  return {
    name: 'suspense',
    kinds: ['missing-here', 'amount-differs', 'status-differs', 'duplicate-there'],
    of: 'open',
    fits: (it) => it.channelId !== null && typeof beyondOurs(it) !== 'string',
    read: partReader(Type.Object({}, { additionalProperties: false }), ''),

    propose(_tx, it) {
      const { minor, currency } = owedBy(it);
      return Promise.resolve(
        `the channel owes ${formatMinor(minor, currency)} ${currency}, held in suspense`,
      );
    },

    async carryOut(tx, { it }) {
      const { billerId, currency, channelId } = it;
      if (channelId === null) throw impossible('the break is of no channel');
      const { minor } = owedBy(it);
      const day = await lockBook(tx, tools.directory, billerId);
      await charge(tx, tools, channelId, money(minor, currency));
      const acceptedAt = day.now.toISOString();
      const lines = [{ payerId: null, amountMinor: minor }];
      // What lies in a biller's suspense is beside his payers' credit; in the operator's, its break says it.
      if (billerId !== OPERATOR) await addCredit(tx, [{ billerId, currency, acceptedAt, lines }]);
      const journal = await bookResolution(tx, tools, day, {
        billerId,
        currency,
        suspenseMinor: minor,
        postings: [
          { account: owedOn(tools, channelId, currency), amountMinor: minor },
          { account: accountOf('suspense', 0, currency), amountMinor: -minor },
        ],
      });
      return { journals: [journal] };
    },
  };
}

/** What the channel has beyond our books. Refuses `approval-impossible`. */
function owedBy(it: StoredBreak): Money {
  const stake = beyondOurs(it);
  if (typeof stake === 'string') throw impossible(stake);
  return stake;
}

/** In words why there is nothing. */
function beyondOurs(it: StoredBreak): Money | string {
  const { kind, currency, amountMinor } = it;
  const theirs = said(it.theirs, currency);
  if (kind === 'status-differs' && theirs.status === 'reversed')
    return 'the channel says that it gave the money back';
  if (kind === 'amount-differs') {
    const ours = said(it.ours, currency).amountMinor;
    if (ours === undefined || theirs.amountMinor === undefined || theirs.amountMinor <= ours)
      return 'the channel does not say that it took more';
    if (theirs.amountMinor - ours !== amountMinor) return 'the difference is not what is at stake';
  }
  return money(amountMinor, currency);
}

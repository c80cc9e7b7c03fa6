// Credit refunded to an account that was proven to be the payer's: Dr payer/credit, Cr bank/<account>. The proof is
// attached before anybody can accept; the number is sealed, and shown masked. The transfer itself is made by
// the operator at his bank; of what lies on the agency's own account by the agency, which the request says (`paidBy`).

import { Type } from 'typebox';
import { recordAudit } from '../../access/index.ts';
import type { ApprovalKind } from '../../approvals/index.ts';
import { findBankAccount } from '../../channels/index.ts';
import { readAccountNumber } from '../../kernel/bank-account-number.ts';
import { showId } from '../../kernel/ids.ts';
import { maskAccountNumber } from '../../kernel/mask.ts';
import { toText, type Money } from '../../kernel/money.ts';
import { sealSecret } from '../../kernel/seal.ts';
import { WRITTEN_LINE } from '../../kernel/text-form.ts';
import { accountOf } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { mendBooks, type CreditTools } from './kind-tools.ts';
import { leave } from './leave.ts';
import { placeWith, type Place } from './place.ts';
import { amountOf, inWords, malformed, wishOf } from './read-wish.ts';

const holder = Type.String({ minLength: 1, maxLength: 140, pattern: WRITTEN_LINE });
const payFrom = Type.Optional(Type.String({ minLength: 1, maxLength: 32, pattern: WRITTEN_LINE }));
const readWish = wishOf({ holder, accountNumber: Type.String({ minLength: 1, maxLength: 64 }), payFrom });
const paidBy = Type.Optional(Type.Literal('agency'));
const readKept = wishOf({ holder, account: Type.String(), sealedAccount: Type.String(), payFrom, paidBy });

export function refundKind(tools: CreditTools): ApprovalKind {
  return {
    kind: 'credit-refund',
    // It leaves the operator's own bank account.
    deciders: ['operator-admin'],
    askers: ['operator-admin', 'support', 'finance-officer'],
    needsAttachment: true,
    mend: (error) => mendBooks(tools, error),

    async propose(tx, { billerId, reference, content, isAgain }) {
      const { accountNumber, ...wish } = readWish(content);
      const amount = amountOf(wish.amount);
      const number = provedNumber(accountNumber);
      await accountIdOf(tx, wish.payFrom, amount.currency);
      const isWithBiller = !isAgain && (await payerOf(tx, billerId, wish, amount)) === 'biller';
      const account = maskAccountNumber(number);
      const sealed = sealSecret(tools.masterKey, sealId(billerId, reference), Buffer.from(number));
      return {
        subject: `credit/${wish.payerId}`,
        summary: `refund ${inWords(wish.payerId, amount)} to ${account} of ${wish.holder}${isWithBiller ? ', paid by the agency' : ''}`,
        content: {
          ...wish,
          account,
          sealedAccount: sealed.toString('base64'),
          ...(isWithBiller && { paidBy: 'agency' }),
        },
        amount,
      };
    },

    async accepted(tx, approval, actor) {
      const kept = readKept(approval.content);
      const amount = amountOf(kept.amount);
      const paidFrom = await accountIdOf(tx, kept.payFrom, amount.currency);
      const left = await leave(tx, approval, {
        payerId: kept.payerId,
        amount,
        place: kept.paidBy === 'agency' ? 'biller' : 'operator',
        to: accountOf('bank', paidFrom, amount.currency),
        way: 'refunded',
        lane: tools.lane,
        refund: {
          holder: kept.holder,
          sealedAccount: Buffer.from(kept.sealedAccount, 'base64'),
          shownAccount: kept.account,
          paidFrom: kept.paidBy === 'agency' ? undefined : paidFrom,
        },
      });
      const { account } = kept;
      const after = {
        amount: toText(amount),
        account,
        approval: showId('apr', approval.approvalId),
        date: left.businessDate,
      };
      await recordAudit(tx, actor, { action: 'credit.refund', subject: `credit/${kept.payerId}`, after });
    },
  };
}

/** Refuses `malformed-request`, also a country's own number that nothing proves. */
function provedNumber(text: string): string {
  const read = readAccountNumber(text);
  if ('fault' in read) throw malformed('/content/accountNumber', read.fault);
  if (read.kind === 'national')
    throw malformed('/content/accountNumber', 'an IBAN or a RIB, which its check digits prove');
  return read.number;
}

/** Whoever has the money; a named account of the operator's is the operator's to pay from. */
function payerOf(
  tx: Tx,
  billerId: number,
  { payerId, payFrom }: { payerId: string; payFrom?: string },
  amount: Money,
): Promise<Place> {
  return placeWith(tx, { billerId, payerId }, amount, payFrom === undefined ? undefined : ['operator']);
}

/** What a refund's account is sealed under; the reference names it within its biller. */
export function sealId(billerId: number, reference: string): string {
  return `refund ${billerId} ${reference}`;
}

/** 0: none was named. Refuses `malformed-request`. */
async function accountIdOf(tx: Tx, code: string | undefined, currency: string): Promise<number> {
  if (code === undefined) return 0;
  const found = await findBankAccount(tx, code);
  if (found?.currency !== currency)
    throw malformed('/content/payFrom', `there is no bank account ${code} in ${currency}`);
  return found.accountId;
}

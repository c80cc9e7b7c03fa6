// A top-up is approved by two (rules.md, "Ledger"): one person says that the channel has paid in, another accepts, and
// the float rises in the transaction of his acceptance.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Person } from '../access/index.ts';
import type { ApprovalKind, Wish } from '../approvals/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { formatMinor, money, parseMinor, toText, type Money } from '../kernel/money.ts';
import type { Tx } from '../platform/db/index.ts';
import { findBankAccount } from './store-bank-account.ts';
import { topUpFault, topUpIn } from './top-up-channel.ts';

export const TopUpContent = Type.Object(
  {
    channelCode: Type.String({ minLength: 1, maxLength: 32 }),
    amount: Type.Object(
      { value: Type.String({ maxLength: 32 }), currency: Type.String({ minLength: 3, maxLength: 3 }) },
      { additionalProperties: false },
    ),
    /** Which of the operator's bank accounts it came into. */
    account: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  },
  { additionalProperties: false },
);
type Content = Static<typeof TopUpContent>;
const shape = Compile(TopUpContent);

export const topUpKind: ApprovalKind = {
  kind: 'top-up',
  owner: 'operator',
  askers: ['operator-admin', 'support', 'channel-officer'],

  async propose(tx, { content, reference, person, isAgain }) {
    const { channelCode, amount, account } = await readContent(tx, { content, person });
    const fault = isAgain ? undefined : await topUpFault(tx, channelCode, amount, reference);
    if (fault !== undefined) throw impossible(fault);
    return {
      subject: `channel/${channelCode}`,
      summary: `top-up of ${channelCode} by ${formatMinor(amount.minor, amount.currency)} ${amount.currency}`,
      content: { channelCode, amount: toText(amount), ...(account !== undefined && { account }) },
      amount,
    };
  },

  async accepted(tx, { content, reference }, actor) {
    const { channelCode, amount, accountId } = await readContent(tx, { content });
    const outcome = await topUpIn(tx, channelCode, amount, { reference, accountId }, actor);
    if (!outcome.ok) throw impossible(outcome.reason);
    if (outcome.value.known) throw impossible(`the reference ${reference} was topped up before`);
  },
};

interface Read extends Omit<Content, 'amount'> {
  readonly amount: Money;
  /** 0: none was named. */
  readonly accountId: number;
}

async function readContent(
  tx: Tx,
  { content, person }: Pick<Wish, 'content'> & { person?: Person },
): Promise<Read> {
  if (!shape.Check(content))
    throw malformed('/content', 'channelCode, amount { value, currency } and, if you like, account');
  const { channelCode, amount, account } = content;
  if (person?.channelCode !== undefined && person.channelCode !== channelCode)
    throw new Refused(refuse('forbidden', { reason: 'a channel’s people ask for their own channel' }));
  const minor = parseMinor(amount.value, amount.currency);
  if (minor === undefined || minor === 0n)
    throw malformed('/content/amount', 'an amount above zero with exactly the decimals of its currency');
  const found = account === undefined ? undefined : await findBankAccount(tx, account);
  if (account !== undefined && found?.currency !== amount.currency)
    throw malformed('/content/account', `there is no bank account ${account} in ${amount.currency}`);
  return {
    channelCode,
    amount: money(minor, amount.currency),
    ...(account !== undefined && { account }),
    accountId: found?.accountId ?? 0,
  };
}

function malformed(pointer: string, detail: string): Refused {
  return new Refused(refuse('malformed-request', undefined, { errors: [{ pointer, detail }] }));
}

function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}

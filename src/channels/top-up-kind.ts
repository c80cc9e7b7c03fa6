// A top-up is approved by two (rules.md, "Ledger"): one person says that the channel has paid in, another accepts, and
// the float rises in the transaction of his acceptance.

import { Type, type Static } from 'typebox';
import type { Person } from '../access/index.ts';
import type { ApprovalKind, Wish } from '../approvals/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { formatMinor, money, parseMinor, toText, type Money } from '../kernel/money.ts';
import { WRITTEN_LINE } from '../kernel/text-form.ts';
import type { Tx } from '../platform/db/index.ts';
import { partReader } from '../platform/http/index.ts';
import { findBankAccount } from './store-bank-account.ts';
import { lastStatedTopUp } from './store-position.ts';
import { topUpFault, topUpIn } from './top-up-channel.ts';

const code = Type.String({ minLength: 1, maxLength: 32, pattern: WRITTEN_LINE });
export const TopUpContent = Type.Object(
  {
    channelCode: code,
    amount: Type.Object(
      { value: Type.String({ maxLength: 32 }), currency: Type.String({ minLength: 3, maxLength: 3 }) },
      { additionalProperties: false },
    ),
    /** Which of the operator's bank accounts it came into. */
    account: Type.Optional(code),
  },
  { additionalProperties: false },
);
type Content = Static<typeof TopUpContent>;
const read = partReader(TopUpContent, '/content');

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
      summary: `top-up of ${channelCode} by ${formatMinor(amount.minor, amount.currency)} ${amount.currency}${await lately(tx, channelCode, amount)}`,
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

/** Who decides is told that a line of the bank has brought as much lately: perhaps the same money. */
async function lately(tx: Tx, channelCode: string, amount: Money): Promise<string> {
  const on = await lastStatedTopUp(tx, channelCode, amount);
  return on === undefined ? '' : `; a bank statement has put as much into its float on ${on}`;
}

interface Read extends Omit<Content, 'amount'> {
  readonly amount: Money;
  /** 0: none was named. */
  readonly accountId: number;
}

async function readContent(
  tx: Tx,
  { content, person }: Pick<Wish, 'content'> & { person?: Person },
): Promise<Read> {
  const { channelCode, amount, account } = read(content);
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

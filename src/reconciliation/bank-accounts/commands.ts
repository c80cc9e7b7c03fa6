// `wasit bank account reconcile`: the books of a bank account against its statements.

import type { Command } from 'commander';
import { addVerb, CommandRefused, layOut, noun, type CommandContext } from '../../platform/cli/index.ts';
import { reconcileAccount, reconcileAccounts } from './reconcile-account.ts';

export function registerBankAccountCommands(program: Command, context: CommandContext): void {
  const account = noun(noun(program, 'bank', ''), 'account', '');
  addVerb(account, {
    usage: 'reconcile [code]',
    summary: 'from the books’ balance to the bank’s, item by item; one account, or all of them',
    action: async ([code]) => {
      const database = await context.database();
      if (code === undefined) {
        const all = await reconcileAccounts(database);
        return { data: all, text: layOut(all.map(rowOf)) };
      }
      const found = await reconcileAccount(database, code);
      if (found === undefined) throw new CommandRefused(`there is no account ${code}`);
      return { data: found, text: layOut(itemsOf(found)) };
    },
  });
}

type Reconciliation = Awaited<ReturnType<typeof reconcileAccounts>>[number];

/** As an accountant writes it: from one balance to the other. */
function itemsOf(found: Reconciliation): Record<string, unknown>[] {
  const { opening, closing, books, unbooked, early, withoutLine, gap, difference } = found;
  const item = (sign: string, of: string, amount: string | undefined, rest: object = {}) => ({
    '': sign,
    item: of,
    [books.currency]: amount ?? '',
    lines: '',
    since: '',
    ...rest,
  });
  const counted = ({ count, since }: { count: number; since: string | null }) => ({
    lines: count,
    since: since?.slice(0, 10) ?? '',
  });
  return [
    item('', 'opening', opening?.amount.value, { since: opening?.on ?? '' }),
    item('+', 'books', books.value),
    item('+', 'unbooked', unbooked.amount.value, counted(unbooked)),
    item('-', 'early', early.amount.value, counted(early)),
    item('', '  of it missed', early.missed.amount.value, { lines: early.missed.count }),
    item('-', 'without a line', withoutLine.amount.value),
    item('', '  remittances', withoutLine.remittances.amount.value, counted(withoutLine.remittances)),
    item('', '  returns', withoutLine.returns.amount.value, counted(withoutLine.returns)),
    item('', '  top-ups', withoutLine.topUps.amount.value, counted(withoutLine.topUps)),
    item('', '  other', withoutLine.other.value),
    item('+', 'gap', gap?.value),
    item('-', 'difference', difference.value),
    item('=', 'closing', closing?.amount.value, { since: closing?.on ?? '' }),
  ];
}

function rowOf(each: Reconciliation): Record<string, unknown> {
  return {
    account: each.account,
    currency: each.books.currency,
    books: each.books.value,
    opening: each.opening?.amount.value ?? '',
    unbooked: each.unbooked.amount.value,
    early: each.early.amount.value,
    withoutLine: each.withoutLine.amount.value,
    gap: each.gap?.value ?? '',
    closing: each.closing?.amount.value ?? '',
    on: each.closing?.on ?? '',
    difference: each.difference.value,
  };
}

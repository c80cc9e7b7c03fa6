// `wasit credit …`: payers' money without a bill, and the three ways in which it leaves, each asked for by the person who
// is signed in and accepted by another.

import type { Command } from 'commander';
import { callAsPerson } from '../../access/index.ts';
import { tellApproval } from '../../approvals/index.ts';
import { findBillerId } from '../../billers/index.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  type Answer,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import { toText } from '../../kernel/money.ts';
import { listCredit } from './store-standing.ts';

const MOST_LISTED = 1000;

export function registerCreditCommands(program: Command, context: CommandContext): void {
  const credit = noun(program, 'credit', 'payers’ money without a bill, and how it leaves');
  listVerb(credit, context);
  askVerb(credit, context, {
    usage: 'apply <payer> <amount> <currency>',
    summary: 'asks to pay a bill of the payer with it',
    options: [['--bill <number>', 'which bill']],
    contentOf: (options) => ({ billNumber: String(options['bill']) }),
    kind: 'credit-apply',
  });
  askVerb(credit, context, {
    usage: 'remit <payer> <amount> <currency>',
    summary: 'asks to hand it over to the biller, in the settlement of the open day',
    options: [['--reason <text>', 'why it is the biller’s']],
    contentOf: (options) => ({ reason: String(options['reason']) }),
    kind: 'credit-remit',
  });
  askVerb(credit, context, {
    usage: 'refund <payer> <amount> <currency>',
    summary: 'asks to give it back; attach the proof of the account before it is accepted',
    options: [
      ['--holder <name>', 'of the account'],
      ['--account <number>', 'IBAN or RIB'],
    ],
    optional: [['--from <code>', 'which of the operator’s bank accounts pays']],
    contentOf: ({ holder, account, from }) => ({
      holder: String(holder),
      accountNumber: String(account),
      ...(typeof from === 'string' && { payFrom: from }),
    }),
    kind: 'credit-refund',
  });
}

function listVerb(credit: Command, context: CommandContext): void {
  addVerb(credit, {
    usage: 'list',
    summary: 'who has how much, and since when',
    options: (command) => command.requiredOption('--biller <code>', 'whose payers'),
    action: async (_, options) => {
      const code = String(options['biller']);
      const database = await context.database();
      const rows = await database.transaction(async (tx) => {
        const billerId = await findBillerId(tx, code);
        if (billerId === undefined) throw new CommandRefused(`there is no biller ${code}`);
        return listCredit(tx, billerId, null, MOST_LISTED);
      });
      const data = rows.map((row) => ({
        payer: row.payer_id === '' ? '(suspense)' : row.payer_id,
        available: toText({ minor: row.available_minor, currency: row.currency }),
        withAgency: toText({ minor: row.direct_minor, currency: row.currency }),
        since: row.since,
        days: row.days,
      }));
      return { data, text: layOut(data) };
    },
  });
}

interface AskVerb {
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly [flags: string, description: string][];
  readonly optional?: readonly [flags: string, description: string][];
  readonly contentOf: (options: Options) => object;
  readonly kind: string;
}

function askVerb(credit: Command, context: CommandContext, verb: AskVerb): void {
  addVerb(credit, {
    usage: verb.usage,
    summary: verb.summary,
    options: (command) => {
      command
        .requiredOption('--reference <text>', 'the name of this request; one reference, one request')
        .option('--biller <code>', 'whose payer; an agency’s people need not say it');
      for (const option of verb.options) command.requiredOption(...option);
      for (const option of verb.optional ?? []) command.option(...option);
    },
    action: async ([payer = '', value = '', currency = ''], options): Promise<Answer> => {
      const payerId = payer === '(suspense)' ? '' : payer;
      const { biller } = options;
      const body = {
        kind: verb.kind,
        reference: String(options['reference']),
        ...(typeof biller === 'string' && { billerCode: biller }),
        content: { payerId, amount: { value, currency }, ...verb.contentOf(options) },
      };
      return tellApproval(
        (await callAsPerson(context, { method: 'POST', path: '/v1/approvals', body })).body,
      );
    },
  });
}

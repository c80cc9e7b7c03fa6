// `wasit adjustment ask`: a correction of what a biller is owed, asked for by the person who is signed in.

import type { Command } from 'commander';
import { callAsPerson } from '../access/index.ts';
import { tellApproval } from '../approvals/index.ts';
import { addVerb, noun, type CommandContext } from '../platform/cli/index.ts';

export function registerAdjustmentCommands(program: Command, context: CommandContext): void {
  const adjustment = noun(program, 'adjustment', 'corrections of what a biller is owed, in the open day');
  addVerb(adjustment, {
    usage: 'ask <amount> <currency>',
    summary: 'asks for one; --less takes the amount away from the biller',
    options: (command) =>
      command
        .requiredOption('--reference <text>', 'the name of this request; one reference, one request')
        .requiredOption('--against <account>', 'suspense or fees: where it comes from')
        .requiredOption('--reason <text>', 'why')
        .option('--biller <code>', 'whose; an agency’s people need not say it')
        .option('--less', 'the biller gets less')
        .option('--payment <id>', 'the payment that it corrects')
        .option('--unit <code>', 'in the split by unit')
        .option('--service <code>', 'in the split by service')
        .option('--budget-line <code>', 'in the split by budget line')
        .option('--channel <code>', 'in the split by channel'),
    action: async ([value = '', currency = ''], options) => {
      const given = (name: string, as: string): object =>
        typeof options[name] === 'string' ? { [as]: options[name] } : {};
      const body = {
        kind: 'adjustment',
        reference: String(options['reference']),
        ...given('biller', 'billerCode'),
        content: {
          amount: { value: options['less'] === true ? `-${value}` : value, currency },
          ...given('against', 'against'),
          ...given('reason', 'reason'),
          ...given('payment', 'paymentId'),
          ...given('unit', 'unit'),
          ...given('service', 'service'),
          ...given('budgetLine', 'budgetLine'),
          ...given('channel', 'channelCode'),
        },
      };
      return tellApproval(
        (await callAsPerson(context, { method: 'POST', path: '/v1/approvals', body })).body,
      );
    },
  });
}

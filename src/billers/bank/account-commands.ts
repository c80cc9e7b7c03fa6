// `wasit biller account …`: where an agency's money goes, as a whole and unit by unit.

import type { Command } from 'commander';
import { orRefuse } from '../../access/index.ts';
import {
  addDestructiveVerb,
  addVerb,
  CommandRefused,
  noun,
  readText,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import {
  endRemittanceAccount,
  ownerWords,
  setRemittanceAccount,
  type AccountOwner,
} from './set-remittance-account.ts';
import { showRemittanceAccounts } from './show-bank.ts';

/** `biller` is the noun to which they belong. */
export function registerBillerAccountCommands(biller: Command, context: CommandContext): void {
  const account = noun(biller, 'account', 'where an agency’s money goes');
  addVerb(account, {
    usage: 'set <code>',
    summary: 'the account of an agency or of one of its units; a change is a new version',
    options: (command) =>
      command
        .option('--unit <unit>', 'of this unit and all below it; left out: the agency’s own')
        .requiredOption('--number <number>', 'IBAN, or the country’s own number; or @file')
        .requiredOption('--holder <name>', 'as the bank has it')
        .option('--bic <bic>', 'of the bank that keeps it')
        .requiredOption('--pays-from <account>', 'the operator’s account that the money comes from'),
    action: async ([code = ''], options) => {
      const wish = {
        number: await readText(String(options['number'])),
        holder: String(options['holder']),
        bic: typeof options['bic'] === 'string' ? options['bic'] : null,
        paysFrom: String(options['paysFrom']),
      };
      const owner = ownerOf(code, options);
      const [database, masterKey] = [await context.database(), await context.masterKey()];
      return { data: orRefuse(await setRemittanceAccount(database, owner, wish, masterKey, context.actor)) };
    },
  });
  addVerb(account, {
    usage: 'show <code>',
    summary: 'every account of an agency and its units, ended ones too; numbers masked',
    action: async ([code = '']) => {
      const data = await showRemittanceAccounts(await context.database(), code);
      if (data === undefined) throw new CommandRefused(`there is no biller ${code}`);
      return { data };
    },
  });
  addDestructiveVerb(account, {
    usage: 'end <code>',
    summary: 'money of the unit goes to its nearest ancestor’s account; without any it waits',
    options: (command) => command.option('--unit <unit>', 'left out: the agency’s own account'),
    intent: ([code = ''], options) =>
      Promise.resolve(`end the account of ${ownerWords(ownerOf(code, options))}`),
    action: async ([code = ''], options) => {
      const owner = ownerOf(code, options);
      return { data: orRefuse(await endRemittanceAccount(await context.database(), owner, context.actor)) };
    },
  });
}

function ownerOf(billerCode: string, options: Options): AccountOwner {
  return { billerCode, unit: typeof options['unit'] === 'string' ? options['unit'] : '' };
}

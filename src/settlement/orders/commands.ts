// `wasit remittance send` and `wasit bank answer import`: what the worker does by itself, now and by hand.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { recordAudit } from '../../access/index.ts';
import { readBankAccount } from '../../billers/bank/index.ts';
import { formatMinor } from '../../kernel/money.ts';
import {
  addDestructiveVerb,
  addVerb,
  CommandRefused,
  layOut,
  noun,
  WrongUsage,
  type CommandContext,
} from '../../platform/cli/index.ts';
import { releaseHeld } from '../remittances/index.ts';
import { handOver } from './hand-over.ts';
import { filesUnderway } from './store-order-file.ts';
import { handOverParts, type RemittanceParts } from './jobs.ts';
import { makeOrders, previewOrders } from './make-orders.ts';
import type { OrderWriter, StatusReader } from './order.ts';
import type { OrderMade } from './store-order-file.ts';
import { takeBankAnswer } from './take-bank-answer.ts';

/** The dialects that the root has chosen. */
export interface Dialect {
  readonly writer: OrderWriter;
  readonly reader: StatusReader;
}

export function registerOrderCommands(program: Command, context: CommandContext, dialect: Dialect): void {
  const remittance = noun(program, 'remittance', 'money on its way to agencies');
  addDestructiveVerb(remittance, {
    usage: 'send',
    summary: 'makes the orders of what may go today and hands over every order that waits, faults too',
    intent: async () => {
      const would = await previewOrders(await partsOf(context, dialect));
      const orders = would.length === 0 ? 'make no new order' : `make ${would.map(inWords).join('; ')}`;
      return `${orders}, and hand over what waits`;
    },
    action: async () => {
      const parts = await partsOf(context, dialect);
      await releaseHeld(parts.database, parts.log);
      const made = await makeOrders(parts);
      await parts.database.transaction((tx) =>
        recordAudit(tx, context.actor, {
          action: 'remittance.send',
          subject: 'orders',
          after: { orders: made.map(({ name }) => name) },
        }),
      );
      const { handedOver, failed } = await handOver(handOverParts(parts), { evenLater: true });
      const underway = await parts.database.transaction(filesUnderway);
      const lines = [
        ...made.map((one) => `made        ${one.name}: ${inWords(one)}`),
        ...handedOver.map((name) => `handed over ${name}`),
        ...failed.map(({ name, failure }) => `FAILED      ${name}: ${failure}`),
        ...underway.map(
          ({ name, until }) =>
            `waits       ${name}: an attempt is under way or was cut off; the next not before ${until.toISOString()}`,
        ),
      ];
      const orders = made.map(({ name, transfers, amountMinor, currency }) => {
        return { name, transfers, amount: { value: formatMinor(amountMinor, currency), currency } };
      });
      return {
        data: { made: orders, handedOver, failed, underway },
        text: lines.length === 0 ? 'nothing may go today' : lines.join('\n'),
        exitCode: failed.length > 0 ? 1 : 0,
      };
    },
  });
  answerVerb(program, context, dialect);
}

function answerVerb(program: Command, context: CommandContext, { reader }: Dialect): void {
  const answer = noun(noun(program, 'bank', 'the operator’s banks'), 'answer', 'what banks answer to orders');
  addVerb(answer, {
    usage: 'import <file>',
    summary: 'reads a status report (pain.002); the same bytes twice are one',
    options: (command) => command.option('--account <code>', 'refuses what is about another account of ours'),
    action: async ([file = ''], { account }) => {
      const database = await context.database();
      const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw new WrongUsage(`${file} cannot be read: ${error.message}`);
      });
      const named = typeof account === 'string' ? account : undefined;
      const ours = named && (await database.transaction((tx) => readBankAccount(tx, named)));
      if (named !== undefined && !ours) throw new CommandRefused(`there is no account ${named} of ours`);
      const accountId = ours ? ours.accountId : null;
      const taken = await takeBankAnswer(database, reader, { name: path.basename(file), bytes, accountId });
      const { refused, unknown, conflicts } = taken.outcome;
      if (refused !== null) throw new CommandRefused(`${file}: ${refused}`);
      const isBad = unknown.length > 0 || conflicts.length > 0;
      const { known, outcome } = taken;
      return { data: { known, ...outcome }, text: layOut({ known, ...outcome }), exitCode: isBad ? 1 : 0 };
    },
  });
}

/** What is worth knowing is in the answer of the command; faults go to the terminal. */
async function partsOf(context: CommandContext, dialect: Dialect): Promise<RemittanceParts> {
  const tell = (told: unknown, text?: string): void => {
    const { err, ...facts } = (typeof told === 'object' && told !== null ? told : { told }) as {
      err?: unknown;
    };
    const why = err instanceof Error ? `: ${err.message}` : '';
    process.stderr.write(`${text ?? ''}${why} ${JSON.stringify(facts)}\n`);
  };
  const log = { info: () => undefined, warn: tell, error: tell };
  const [database, masterKey] = [await context.database(), await context.masterKey()];
  return { database, masterKey, dataDir: context.dataDir, log, ...dialect };
}

function inWords({ transfers, amountMinor, currency }: Omit<OrderMade, 'fileId'>): string {
  return `an order of ${transfers} ${transfers === 1 ? 'transfer' : 'transfers'}, ${formatMinor(amountMinor, currency)} ${currency}`;
}

// `wasit remittance send`: what the worker does by itself, now and by hand.

import type { Command } from 'commander';
import { recordAudit } from '../../access/index.ts';
import { formatMinor } from '../../kernel/money.ts';
import {
  filesUnderway,
  handOver,
  handOverParts,
  type CarryParts,
  type OrderKinds,
} from '../../orders/index.ts';
import { addDestructiveVerb, noun, type CommandContext } from '../../platform/cli/index.ts';
import { releaseHeld } from '../remittances/index.ts';
import type { RemittanceParts } from './jobs.ts';
import { makeOrders, previewOrders, type OrderMade } from './make-orders.ts';
import type { OrderWriter } from './order.ts';

/** What the root has chosen: a dialect, and all kinds of orders, for what waits is handed over whatever it is. */
export interface Chosen {
  readonly writer: OrderWriter;
  readonly kinds: OrderKinds;
}

export function registerOrderCommands(program: Command, context: CommandContext, chosen: Chosen): void {
  const remittance = noun(program, 'remittance', 'money on its way to agencies');
  addDestructiveVerb(remittance, {
    usage: 'send',
    summary: 'makes the orders of what may go today and hands over every order that waits, faults too',
    intent: async () => {
      const would = await previewOrders(await partsOf(context, chosen));
      const orders = would.length === 0 ? 'make no new order' : `make ${would.map(inWords).join('; ')}`;
      return `${orders}, and hand over what waits`;
    },
    action: async () => {
      const parts = await partsOf(context, chosen);
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
}

/** What is worth knowing is in the answer of the command; faults go to the terminal. */
async function partsOf(context: CommandContext, chosen: Chosen): Promise<RemittanceParts & CarryParts> {
  const tell = (told: unknown, text?: string): void => {
    const { err, ...facts } = (typeof told === 'object' && told !== null ? told : { told }) as {
      err?: unknown;
    };
    const why = err instanceof Error ? `: ${err.message}` : '';
    process.stderr.write(`${text ?? ''}${why} ${JSON.stringify(facts)}\n`);
  };
  const log = { info: () => undefined, warn: tell, error: tell };
  const [database, masterKey] = [await context.database(), await context.masterKey()];
  return { database, masterKey, dataDir: context.dataDir, log, ...chosen };
}

function inWords({ transfers, amountMinor, currency }: Omit<OrderMade, 'fileId'>): string {
  return `an order of ${transfers} ${transfers === 1 ? 'transfer' : 'transfers'}, ${formatMinor(amountMinor, currency)} ${currency}`;
}

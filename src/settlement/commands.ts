// `wasit settlement …`: what days came to, and the proof that nothing was altered since. `wasit day close` is in
// close-command.ts.

import type { Command } from 'commander';
import { loadBillers } from '../billers/index.ts';
import type { Refusal } from '../kernel/errors.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  progress,
  WrongUsage,
  type Answer,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { billerOf as billerOfId, parseId, showId } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import { registerCloseCommand } from './close-command.ts';
import { billerOf, dateOf } from './command-arguments.ts';
import { listSettlements, settlementById } from './list-settlements.ts';
import { findBatch } from './store-batch.ts';
import { tellSettlement } from './tell-settlement.ts';
import { verify, type Verdict } from './verify.ts';

export function registerSettlementCommands(program: Command, context: CommandContext): void {
  registerCloseCommand(program, context);
  const settlement = noun(program, 'settlement', 'what closed days came to');
  addVerb(settlement, {
    usage: 'show [settlementId]',
    summary: 'one settlement: by its id, or by biller and date',
    options: (command) =>
      command.option('--biller <code>', 'whose').option('--date <date>', 'of which business date'),
    action: async ([id], options) => {
      const shown = await find(await context.database(), id, options);
      return { data: shown, text: tellSettlement(shown) };
    },
  });
  addVerb(settlement, {
    usage: 'list',
    summary: 'the settlements of a biller, oldest first',
    options: (command) =>
      command
        .requiredOption('--biller <code>', 'whose')
        .option('--from <date>', 'the first business date')
        .option('--to <date>', 'the last business date'),
    action: async (_, options) => list(await context.database(), options),
  });
  addVerb(settlement, {
    usage: 'verify',
    summary: 'computes every digest again from the database; exit 1 when something was altered',
    options: (command) =>
      command
        .option('--biller <code>', 'only of this biller')
        .option('--date <date>', 'only of this business date'),
    action: async (_, options) => prove(await context.database(), options),
  });
}

async function find(database: Database, id: string | undefined, options: Options) {
  if (id !== undefined) {
    const settlementId = parseId('stl', id);
    if (settlementId === undefined) throw new CommandRefused(`${id} is no settlement’s id (stl_…)`);
    return orTell(await settlementById(database, billerOfId(settlementId), id));
  }
  if (options['biller'] === undefined || options['date'] === undefined)
    throw new WrongUsage('name a settlement by its id, or say --biller and --date');
  const { billerId } = await billerOf(database, options['biller']);
  const date = dateOf(options['date']);
  const batch = await database.nodeOf(billerId).transaction((tx) => findBatch(tx, billerId, date));
  if (batch === undefined) throw new CommandRefused(`${date} is not settled`);
  return orTell(await settlementById(database, billerId, showId('stl', batch.settlementId)));
}

const MOST_LISTED = 1000;

async function list(database: Database, options: Options): Promise<Answer> {
  const { billerId } = await billerOf(database, options['biller']);
  const [from, to] = ['from', 'to'].map((name) =>
    options[name] === undefined ? undefined : dateOf(options[name]),
  );
  const data = orTell(await listSettlements(database, billerId, { from, to, limit: MOST_LISTED }));
  const rows = data.items.map(
    ({ settlementId, businessDate, totals, net, remitted, carriedOut, valueDate }) => ({
      businessDate,
      settlementId,
      payments: totals.payments,
      gross: totals.gross,
      net,
      remitted,
      carriedOut,
      valueDate,
    }),
  );
  return { data, text: layOut(rows) };
}

async function prove(database: Database, options: Options): Promise<Answer> {
  const date = options['date'] === undefined ? undefined : dateOf(options['date']);
  const billers =
    options['biller'] === undefined
      ? await database.transaction(loadBillers)
      : [await billerOf(database, options['biller'])];
  const bar = progress();
  const verdicts: (Verdict & { biller: string })[] = [];
  for (const { billerId, code } of billers) {
    const onStep = (batch: { businessDate: string }, step: number, of: number): void =>
      bar.show(`${code} ${batch.businessDate}`, step / of);
    for await (const verdict of verify(database, { billerId, from: date, to: date, onStep }))
      verdicts.push({ ...verdict, biller: code });
  }
  bar.end();
  return tell(verdicts);
}

function tell(verdicts: readonly (Verdict & { biller: string })[]): Answer {
  const data = verdicts.map(({ biller, batch, entries, faults }) => ({
    biller,
    businessDate: batch.businessDate,
    settlementId: showId('stl', batch.settlementId),
    digest: batch.digest.toString('hex'),
    entries,
    faults,
  }));
  const bad = data.filter(({ faults }) => faults.length > 0);
  const lines = bad.flatMap(({ biller, businessDate, faults }) =>
    faults.map((fault) => `ALTERED ${biller} ${businessDate}: ${fault}`),
  );
  const entries = data.reduce((sum, each) => sum + each.entries, 0);
  const end =
    bad.length === 0
      ? `${data.length} settlements, ${entries} entries: nothing was altered`
      : `${bad.length} of ${data.length} settlements are not what they were`;
  return { data, text: [...lines, end].join('\n'), exitCode: bad.length === 0 ? 0 : 1 };
}

function orTell<T extends object>(answer: T | Refusal): T {
  if (!('code' in answer)) return answer;
  throw new CommandRefused(
    answer.code === 'settlement-not-found' ? 'there is no such settlement' : answer.code,
  );
}

// `wasit books` and `wasit trace`.

import type { Command } from 'commander';
import { addVerb, CommandRefused, progress, type CommandContext } from '../platform/cli/index.ts';
import { INVARIANTS, readBooks, type InvariantReport } from './books.ts';
import { tellBooks } from './tell-books.ts';
import { tellTrace } from './tell-trace.ts';
import { trace } from './trace.ts';

export function registerDeskCommands(program: Command, context: CommandContext): void {
  addVerb(program, {
    usage: 'books',
    summary: 'do the books hold? looks at every invariant; exit code 1 when one is broken',
    action: async () => {
      const startedAt = performance.now();
      const reports = await withProgress(readBooks(await context.database()));
      const isBroken = reports.some(({ findings }) => findings.length > 0);
      const seconds = (performance.now() - startedAt) / 1000;
      return {
        data: { ok: !isBroken, seconds, invariants: reports },
        text: tellBooks(reports, seconds),
        exitCode: isBroken ? 1 : 0,
      };
    },
  });
  addVerb(program, {
    usage: 'trace <name>',
    summary:
      'the whole life of a payment: by its id, receipt, [channel/]reference or [biller/]bill; of a mandate (mnd_…), a debit (dbt_… or its end-to-end id), a break (brk_…), a statement (stm_…) or one line of it (stm_…:3)',
    action: async ([name = '']) => {
      const found = await trace(await context.database(), name);
      if (found === undefined) throw new CommandRefused(`nothing here is called ${name}`);
      return { data: found, text: tellTrace(found) };
    },
  });
}

async function withProgress(books: AsyncIterable<InvariantReport>): Promise<InvariantReport[]> {
  const bar = progress();
  const reports: InvariantReport[] = [];
  bar.show('reading the books', 0);
  for await (const report of books) {
    reports.push(report);
    bar.show(report.invariant, reports.length / INVARIANTS.length);
  }
  bar.end();
  return reports;
}

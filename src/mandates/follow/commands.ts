// `wasit debit …` to look: as the person who is signed in, who sees what is his.

import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { callAsPerson } from '../../access/index.ts';
import {
  addVerb,
  layOut,
  noun,
  WrongUsage,
  type Answer,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import { DEBIT_STATES } from '../debits/index.ts';
import type { DebitAnswer, DebitEntry } from './answer-schema.ts';
import type { CalendarAnswer } from './calendar-schema.ts';
import type { ReportAnswer } from './report-schema.ts';

export function registerLookCommands(program: Command, context: CommandContext): void {
  const debit = noun(program, 'debit', 'what is collected from payers’ accounts');
  listVerb(debit, context);
  addVerb(debit, {
    usage: 'show <id>',
    summary: 'one debit: its bills, what banks said of it, its history',
    action: async ([id = '']) => {
      const { body } = await call(context, `/${encodeURIComponent(id)}`);
      const { bills, said, history, ...entry } = body as DebitAnswer;
      const shown = bills.map(({ amount, ...bill }) => ({ ...bill, amount: inWords(amount) }));
      const { amount, reason } = entry;
      const head = { ...entry, amount: inWords(amount), reason: reason?.words?.en ?? reason?.cause ?? '' };
      const parts = [head, shown, ...(said.length === 0 ? [] : [said]), history];
      return { data: body, text: parts.map((each) => layOut(each)).join('\n\n') };
    },
  });
  calendarVerb(debit, context);
  reportVerb(debit, context);
}

function listVerb(debit: Command, context: CommandContext): void {
  addVerb(debit, {
    usage: 'list',
    summary: 'debits, the earliest collected first',
    options: (command) =>
      command
        .option('--state <state>', DEBIT_STATES.join(', '))
        .option('--mandate-id <id>', 'under this mandate')
        .option('--payer-id <number>', 'the payer’s number with the agency')
        .option('--bill-number <number>', 'that collect this bill')
        .option('--from <date>', 'collected on this day or later')
        .option('--to <date>', 'collected on this day or earlier')
        .option('--biller <code>', 'of one agency')
        .option('--after <cursor>', 'the next page'),
    action: async (_, options) => {
      const names = ['state', 'mandateId', 'payerId', 'billNumber', 'from', 'to', 'biller', 'after'];
      const { body } = await call(context, queryOf(options, names));
      const { items, next } = body as { items: DebitEntry[]; next: string | null };
      const more = next === null ? '' : `\n(there are more: --after ${next})`;
      return { data: body, text: items.length === 0 ? '(none)' : `${layOut(items.map(briefly))}${more}` };
    },
  });
}

function calendarVerb(debit: Command, context: CommandContext): void {
  addVerb(debit, {
    usage: 'calendar <from> <to>',
    summary: 'what is collected and what is expected, day by day',
    options: (command) =>
      command
        .option('--biller <code>', 'of this agency; the operator names it')
        .option('--mandate-id <id>', 'under this mandate')
        .option('--payer-id <number>', 'of one payer'),
    action: async ([from = '', to = ''], options) => {
      const path = `/calendar${queryOf({ ...options, from, to }, ['from', 'to', 'biller', 'mandateId', 'payerId'])}`;
      const { body } = await call(context, path);
      const { days } = body as CalendarAnswer;
      const rows = days.map(({ date, debits, expected, overCeiling, retries, total }) => ({
        date,
        total: `${total.count}: ${inWords(total.amount)}`,
        debits: debits.map(({ state, count }) => `${count} ${state}`).join(', '),
        expected: expected.count,
        'above a ceiling': overCeiling.count,
        'tried again': retries.count,
      }));
      return { data: body, text: rows.length === 0 ? '(nothing)' : layOut(rows) };
    },
  });
}

function reportVerb(debit: Command, context: CommandContext): void {
  addVerb(debit, {
    usage: 'report <month>',
    summary: 'what a month of debits came to: YYYY-MM',
    options: (command) =>
      command
        .option('--biller <code>', 'of this agency; the operator names it')
        .option('-o, --output <file>', 'a line for each debit, as .csv')
        .option('--bom', 'the CSV with a byte order mark'),
    action: async ([month = ''], options): Promise<Answer> => {
      const { output } = options;
      if (typeof output === 'string') {
        if (!output.endsWith('.csv')) throw new WrongUsage('the file is a .csv');
        const wish = { ...options, month, format: 'csv', bom: options['bom'] === true ? 'true' : 'false' };
        const path = `/report${queryOf(wish, ['month', 'biller', 'format', 'bom'])}`;
        const { bytes } = await call(context, path);
        await writeFile(output, bytes);
        return { data: { file: output, bytes: bytes.length }, text: `written: ${output}` };
      }
      const { body } = await call(context, `/report${queryOf({ ...options, month }, ['month', 'biller'])}`);
      return { data: body, text: reportText(body as ReportAnswer) };
    },
  });
}

function reportText({
  billerCode,
  month,
  failedBy,
  returnedBy,
  droppedBy,
  banks: _,
  ...sums
}: ReportAnswer): string {
  const rows = Object.entries(sums).map(([what, { count, amount }]) => ({
    what: what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    count,
    amount: inWords(amount),
  }));
  const reasons = Object.entries({ failed: failedBy, returned: returnedBy, dropped: droppedBy }).flatMap(
    ([what, by]) =>
      by.map(({ cause, count, amount }) => ({ what, because: cause, count, amount: inWords(amount) })),
  );
  const parts = [{ agency: billerCode, month }, rows, ...(reasons.length === 0 ? [] : [reasons])];
  return parts.map((each) => layOut(each)).join('\n\n');
}

function queryOf(options: Options, names: readonly string[]): string {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = options[name];
    if (typeof value === 'string') query.set(name, value);
  }
  return `?${query.toString()}`;
}

function call(context: CommandContext, path: string): ReturnType<typeof callAsPerson> {
  return callAsPerson(context, { method: 'GET', path: `/v1/debits${path}` });
}

function inWords({ value, currency }: { readonly value: string; readonly currency: string }): string {
  return `${value} ${currency}`;
}

function briefly(it: DebitEntry): object {
  return {
    id: it.debitId,
    state: it.state,
    on: it.collectOn,
    amount: inWords(it.amount),
    bills: it.billCount,
    agency: it.billerCode,
    payer: it.payerId,
    bank: it.channelCode,
    account: it.account,
    why: it.reason?.cause ?? '',
    waits: it.waits ?? '',
    again: it.retryOn ?? '',
  };
}

// `wasit remittance list|show|approve|ask|retry|confirm|return`. Sending is with the orders (orders/commands.ts).

import type { Command } from 'commander';
import { callAsPerson, recordAudit } from '../../access/index.ts';
import { tellApproval } from '../../approvals/index.ts';
import { findBillerId } from '../../billers/index.ts';
import { Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  WrongUsage,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { REMITTANCE_STATES } from '../batch.ts';
import { askConfirmation, askReturn } from './ask-ending.ts';
import { askAgain, retryRemittance } from './retry.ts';
import { listed, listedOne, type ListedRow } from './store-list.ts';
import { readRemittance, stepsOfBatch } from './store-remittance.ts';

export function registerRemittanceCommands(program: Command, context: CommandContext): void {
  const remittance = noun(program, 'remittance', 'money on its way to agencies');
  lookVerbs(remittance, context);
  addVerb(remittance, {
    usage: 'approve <id>',
    summary: 'accepts the request about it, as the person who is signed in (wasit login)',
    options: (command) => command.option('--comment <text>', 'for the others'),
    action: async ([id = ''], options) => {
      const found = await (await context.database()).transaction((tx) => readRemittance(tx, ...idOf(id)));
      if (found === undefined) throw unknown(id);
      if (found.held !== 'approval' || found.approvalId === null)
        throw new CommandRefused(`${id} is ${found.state} and waits for no approval`);
      const { comment } = options;
      const body = typeof comment === 'string' ? { comment } : {};
      const path = `/v1/approvals/${showId('apr', found.approvalId)}/accept`;
      return tellApproval((await callAsPerson(context, { method: 'POST', path, body })).body);
    },
  });
  askVerbs(remittance, context);
}

function lookVerbs(remittance: Command, context: CommandContext): void {
  addVerb(remittance, {
    usage: 'list',
    summary: 'remittances under way, or all in one state',
    options: (command) =>
      command
        .option('--biller <code>', 'of one agency')
        .option('--state <state>', REMITTANCE_STATES.join(', '))
        .option('--limit <n>', 'at most so many', '200'),
    action: async (_, { biller, state, limit }) => {
      if (state !== undefined && !REMITTANCE_STATES.some((each) => each === state))
        throw new WrongUsage(`--state is one of ${REMITTANCE_STATES.join(', ')}`);
      const most = Number(limit);
      if (!Number.isInteger(most) || most < 1) throw new WrongUsage('--limit is a whole number from 1');
      const wish = {
        billerCode: typeof biller === 'string' ? biller : null,
        state: typeof state === 'string' ? state : null,
        limit: most,
      };
      const { billerCode } = wish;
      const rows = await (
        await context.database()
      ).transaction(async (tx) => {
        if (billerCode !== null && (await findBillerId(tx, billerCode)) === undefined)
          throw new CommandRefused(`there is no biller ${billerCode}`);
        return listed(tx, wish);
      });
      const data = { items: rows.map(briefly) };
      return { data, text: rows.length === 0 ? '(none)' : layOut(data.items) };
    },
  });
  addVerb(remittance, {
    usage: 'show <id>',
    summary: 'one remittance, and every step that it has taken',
    action: async ([id = '']) => {
      const [billerId, remittanceId] = idOf(id);
      const database = await context.database();
      return database.nodeOf(billerId).transaction(async (tx) => {
        const row = await listedOne(tx, billerId, remittanceId);
        if (row === undefined) throw unknown(id);
        const all = await stepsOfBatch(tx, billerId, row.settlement_id);
        const steps = all
          .filter((step) => step.remittance_id === remittanceId)
          .map(({ state, reason, recorded_at: at }) => ({ at: at.toISOString(), state, reason }));
        const data = { ...wholly(row), steps };
        return { data, text: `${layOut(wholly(row))}\n\n${layOut(steps)}` };
      });
    },
  });
}

/** Asking at the command line is nobody's in particular, so two persons decide. */
function askVerbs(remittance: Command, context: CommandContext): void {
  const verbs = {
    ask: {
      summary: 'puts it before those who approve once more, after they had rejected it',
      act: async (tx: Tx, wish: Wish) => (await askAgain(tx, wish)).approvalId,
    },
    retry: {
      summary: 'a next attempt after a return or a rejection; two persons decide about it',
      act: async (tx: Tx, wish: Wish) => {
        const next = await retryRemittance(tx, wish);
        return { remittanceId: showId('rmt', next.remittanceId), approvalId: next.approvalId };
      },
    },
    confirm: {
      summary: 'asks two persons to say that it has arrived, where no statement says so',
      act: (tx: Tx, wish: Wish) => askConfirmation(tx, wish),
    },
    return: {
      summary: 'asks two persons to say that its money has come back, where no statement says so',
      act: (tx: Tx, wish: Wish, { reason }: Options) => {
        if (typeof reason !== 'string') throw new WrongUsage('say why with --reason, as the bank gives it');
        return askReturn(tx, { ...wish, reason });
      },
    },
  };
  for (const [verb, { summary, act }] of Object.entries(verbs)) {
    addVerb(remittance, {
      usage: `${verb} <id>`,
      summary,
      options: (command) =>
        verb === 'return' ? command.option('--reason <text>', 'as the bank gives it') : command,
      action: async ([id = ''], options) => {
        const [billerId, remittanceId] = idOf(id);
        const database = await context.database();
        const done = await database
          .nodeOf(billerId)
          .transaction(async (tx) => {
            const answer = await act(tx, { billerId, remittanceId, askedBy: null }, options);
            await recordAudit(tx, context.actor, {
              action: `remittance.${verb}`,
              subject: `remittance/${id}`,
            });
            return answer;
          })
          .catch((error: unknown) => {
            throw inWords(error, id);
          });
        const { approvalId, ...more } =
          done !== null && typeof done === 'object' ? done : { approvalId: done };
        return { data: { ...more, approvalId: approvalId === null ? null : showId('apr', approvalId) } };
      },
    });
  }
}

type Wish = Parameters<typeof retryRemittance>[1];

function idOf(id: string): [billerId: number, remittanceId: Uuid] {
  const remittanceId = parseId('rmt', id);
  if (remittanceId === undefined) throw new WrongUsage(`${id} is no remittance: rmt_ and 26 characters`);
  return [billerOf(remittanceId), remittanceId];
}

function unknown(id: string): CommandRefused {
  return new CommandRefused(`there is no remittance ${id}`);
}

function inWords(error: unknown, id: string): unknown {
  if (!(error instanceof Refused)) return error;
  const { code, facts } = error.refusal;
  if (code === 'remittance-not-found') return unknown(id);
  const state = facts?.['state'];
  return new CommandRefused(
    `${id} is ${typeof state === 'string' ? state : code}: this does not follow from there`,
  );
}

function briefly(row: ListedRow): object {
  return {
    id: showId('rmt', row.remittance_id),
    biller: row.unit === '' ? row.code : `${row.code}/${row.unit}`,
    businessDate: row.business_date,
    amount: toText({ minor: row.amount_minor, currency: row.currency }),
    state: row.state,
    held: row.held,
    executeOn: row.execute_on,
    valueDate: row.late ? `${row.value_date} (late)` : row.value_date,
  };
}

function wholly(row: ListedRow): object {
  return {
    ...briefly(row),
    attempt: row.attempt + 1,
    endToEndId: row.end_to_end_id,
    account: row.shown_number,
    settlementId: showId('stl', row.settlement_id),
    approvalId: row.approval_id === null ? null : showId('apr', row.approval_id),
    order: row.file_name,
    orderState: row.file_state,
    reason: row.reason,
    sentAt: row.sent_at?.toISOString() ?? null,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
  };
}

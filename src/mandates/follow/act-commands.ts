// `wasit debit …` to act, for the operator: how an agency collects, and what the worker does by itself, now and by hand.

import type { Command } from 'commander';
import { callAsPerson, orRefuse, recordAudit } from '../../access/index.ts';
import { tellApproval } from '../../approvals/index.ts';
import type { Biller } from '../../billers/index.ts';
import { billerOf as billerIdOf, parseId } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import { handOver, handOverParts, type CarryParts } from '../../orders/index.ts';
import {
  addDestructiveVerb,
  addVerb,
  CommandRefused,
  noun,
  type Answer,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { planDebits } from '../planning/index.ts';
import { buildDebits, makeDebitFiles, tellSent, type SendParts } from '../sending/index.ts';
import { END_REQUEST } from './end-kind.ts';
import { previewPlan } from './preview-plan.ts';
import { retryByHand } from './retry-debit.ts';
import { setTerms, showTerms, type TermsWish } from './set-terms.ts';
import { builtAndHere, dueToBuild, type Waiting } from './store-acts.ts';
import { findDebit } from './store-list.ts';

export type ActParts = SendParts & CarryParts;
/** The root knows the dialects and the links of banks. */
export type ActPartsOf = () => Promise<ActParts>;

export function registerActCommands(program: Command, context: CommandContext, partsOf: ActPartsOf): void {
  const debit = noun(program, 'debit', '');
  termsVerbs(debit, context, partsOf);
  planVerb(debit, context, partsOf);
  buildVerb(debit, context, partsOf);
  sendVerb(debit, context, partsOf);
  endVerb(debit, context, partsOf);
  addDestructiveVerb(debit, {
    usage: 'retry <id>',
    summary: 'a debit that came to nothing is tried again; the payer is told',
    options: (command) =>
      command.option('--on <date>', 'left out: the first day on which the payer is told in time'),
    intent: async ([id = '']) => {
      const { database } = await partsOf();
      const debitId = parseId('dbt', id);
      const ref = debitId && { billerId: billerIdOf(debitId), debitId };
      const found = ref && (await database.transaction((tx) => findDebit(tx, ref)));
      if (found === undefined) throw new CommandRefused(`there is no debit ${id}`);
      return `have ${id} tried again, and tell the payer`;
    },
    action: async ([id = ''], { on }) => {
      const day = typeof on === 'string' ? on : null;
      return { data: orRefuse(await retryByHand(await partsOf(), id, day, context.actor)) };
    },
  });
}

/** Another person accepts it: then it counts as failed, its bills are free, and the payer is told. */
function endVerb(debit: Command, context: CommandContext, partsOf: ActPartsOf): void {
  addVerb(debit, {
    usage: 'end <id>',
    summary:
      'asks that a debit which its bank never answers counts as failed; ask the bank before that it is not collected',
    options: (command) =>
      command
        .requiredOption('--reason <text>', 'what the bank says, and who said it')
        .option('--reference <text>', 'the name of this request; left out: the debit’s id'),
    action: async ([id = ''], { reason, reference }) => {
      const debitId = parseId('dbt', id);
      const { current } = (await partsOf()).directory;
      const biller = debitId === undefined ? undefined : current.billersById.get(billerIdOf(debitId));
      if (biller === undefined) throw new CommandRefused(`there is no debit ${id}`);
      const body = {
        kind: END_REQUEST,
        reference: typeof reference === 'string' ? reference : id,
        billerCode: biller.code,
        content: { debitId: id, reason },
      };
      return tellApproval(
        (await callAsPerson(context, { method: 'POST', path: '/v1/approvals', body })).body,
      );
    },
  });
}

function termsVerbs(debit: Command, context: CommandContext, partsOf: ActPartsOf): void {
  const terms = noun(debit, 'terms', 'how an agency collects');
  addVerb(terms, {
    usage: 'set <biller>',
    summary: 'from then on it collects under accepted mandates; what is not named stays',
    options: (command) =>
      command
        .option('--account <code>', 'the operator’s account whose bank takes the files')
        .option('--scheme-id <id>', 'the creditor’s identification with its banks; "" for none')
        .option('--over-ceiling <what>', 'split (several debits) or hold (persons decide)')
        .option('--retry-days <days>', 'after a failure: days after the debit, such as 3,7; "" for none')
        .option('--method <method>', 'of the agreement with the payers’ banks, which fees go by')
        .option('--paid-at <word>', 'what pays the bills: settled (the money is there) or accepted'),
    action: async ([code = ''], options) => {
      const parts = await partsOf();
      const biller = billerOf(parts, code);
      const work = (tx: Tx) => setTerms(tx, biller, wishOf(options), context.actor);
      return { data: orRefuse(await parts.database.transaction(work)) };
    },
  });
  addVerb(terms, {
    usage: 'show <biller>',
    summary: 'how it collects',
    action: async ([code = '']) => {
      const parts = await partsOf();
      const data = await parts.database.transaction((tx) => showTerms(tx, billerOf(parts, code)));
      if (data === undefined)
        throw new CommandRefused(`${code} collects nothing by itself: wasit debit terms set`);
      return { data };
    },
  });
}

function wishOf(options: Options): TermsWish {
  const named = ['account', 'schemeId', 'overCeiling', 'retryDays', 'method', 'paidAt'].flatMap((name) => {
    const value = options[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(named);
}

function planVerb(debit: Command, context: CommandContext, partsOf: ActPartsOf): void {
  addDestructiveVerb(debit, {
    usage: 'plan <biller>',
    summary: 'plans what has to be told or sent today, as the worker does',
    intent: async ([code = '']) =>
      `plan the debits of ${billerOf(await partsOf(), code).code}, and announce them to payers`,
    preview: async ([code = '']) => {
      const parts = await partsOf();
      return previewPlan(parts.database, billerOf(parts, code));
    },
    action: async ([code = '']): Promise<Answer> => {
      const parts = await partsOf();
      const planned = await planDebits(parts, billerOf(parts, code).billerId);
      return told(parts, context, {
        verb: 'plan',
        code,
        data: { planned },
        text: `${debits(planned)} planned`,
      });
    },
  });
}

function buildVerb(debit: Command, context: CommandContext, partsOf: ActPartsOf): void {
  addDestructiveVerb(debit, {
    usage: 'build <biller>',
    summary: 'fixes what has to be with the bank today and puts it into files, as the worker does',
    intent: async ([code = '']) => {
      const parts = await partsOf();
      const biller = billerOf(parts, code);
      const due = await parts.database.transaction((tx) => dueToBuild(tx, biller.billerId));
      return `fix ${sumText(due, biller)}, which nobody changes after that`;
    },
    action: async ([code = '']): Promise<Answer> => {
      const parts = await partsOf();
      const { billerId } = billerOf(parts, code);
      const built = await buildDebits(parts, billerId);
      await makeDebitFiles(parts, billerId);
      return told(parts, context, { verb: 'build', code, data: { built }, text: `${debits(built)} built` });
    },
  });
}

function sendVerb(debit: Command, context: CommandContext, partsOf: ActPartsOf): void {
  addDestructiveVerb(debit, {
    usage: 'send <biller>',
    summary: 'makes the files of what is built and hands over every order that waits, faults too',
    intent: async ([code = '']) => {
      const parts = await partsOf();
      const biller = billerOf(parts, code);
      const here = await parts.database.transaction((tx) => builtAndHere(tx, biller.billerId));
      return `have banks collect ${sumText(here, biller)}, and hand over what else waits`;
    },
    action: async ([code = '']): Promise<Answer> => {
      const parts = await partsOf();
      await makeDebitFiles(parts, billerOf(parts, code).billerId);
      const { handedOver, failed } = await handOver(handOverParts(parts), { evenLater: true });
      await tellSent(parts);
      const lines = [
        ...handedOver.map((name) => `handed over ${name}`),
        ...failed.map(({ name, failure }) => `FAILED      ${name}: ${failure}`),
      ];
      const text = lines.length === 0 ? 'nothing waits' : lines.join('\n');
      const answer = await told(parts, context, { verb: 'send', code, data: { handedOver, failed }, text });
      return { ...answer, exitCode: failed.length > 0 ? 1 : 0 };
    },
  });
}

async function told(
  { database }: ActParts,
  { actor }: CommandContext,
  { verb, code, data, text }: { verb: string; code: string; data: { [name: string]: unknown }; text: string },
): Promise<Answer> {
  await database.transaction((tx) =>
    recordAudit(tx, actor, { action: `debit.${verb}`, subject: `biller ${code}`, after: { done: text } }),
  );
  return { data, text };
}

function billerOf({ directory }: ActParts, code: string): Biller {
  const biller = directory.current.billersByCode.get(code);
  if (biller === undefined) throw new CommandRefused(`there is no biller ${code}`);
  return biller;
}

function debits(count: number): string {
  return `${count} ${count === 1 ? 'debit' : 'debits'}`;
}

function sumText({ count, minor }: Waiting, { currency }: Biller): string {
  return `${debits(count)}, ${formatMinor(minor, currency)} ${currency}`;
}

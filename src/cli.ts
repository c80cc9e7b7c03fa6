// The operator's command line, `npm run wasit -- <noun> <verb> …` (wasit.ts). It talks to the database that DATABASE_URL names,
// else to the one that `npm start` keeps in WASIT_DATA_DIR. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.

import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { registerSessionCommands, registerStaffCommands } from './access/index.ts';
import { KIND_NAMES } from './approval-kinds.ts';
import { registerApprovalCommands } from './approvals/index.ts';
import { registerBankCommands } from './billers/bank/index.ts';
import { registerBillerCommands, registerCalendarCommands } from './billers/index.ts';
import { registerBillCommands } from './bills/index.ts';
import {
  Directory,
  registerCallCommand,
  registerChannelCommands,
  registerKeyCommands,
} from './channels/index.ts';
import {
  registerBankLinkCommands,
  registerDebitActCommands,
  registerDebitLookCommands,
  registerMandateCommands,
  type ActParts,
} from './mandates/index.ts';
import { undoTools } from './payments/index.ts';
import { registerEventCommands } from './confirmations/index.ts';
import { registerMessageCommands } from './confirmations/messages/index.ts';
import { registerDemoCommands } from './demo/index.ts';
import { registerDeskCommands } from './desk/index.ts';
import { debitWriter, orderWriter, readStatementFile } from './dialects/index.ts';
import { Installation } from './installation.ts';
import { orderKinds, readBankAnswer } from './order-kinds.ts';
import { registerAnswerCommands } from './orders/index.ts';
import { registerOrderCommands } from './settlement/orders/index.ts';
import { registerRemittanceCommands } from './settlement/remittances/index.ts';
import { registerCreditCommands } from './payments/credit/index.ts';
import { registerAdjustmentCommands, registerSettlementCommands } from './settlement/index.ts';
import { CommandRefused, visible, WrongUsage, type CommandContext } from './platform/cli/index.ts';
import { registerReconcileCommand } from './reconciliation/channel-days/index.ts';
import { registerBreakCommands } from './reconciliation/breaks/index.ts';
import { registerDisputeCommands } from './reconciliation/disputes/index.ts';
import { placeDeposits } from './reconciliation/deposits/index.ts';
import { registerBankAccountCommands } from './reconciliation/bank-accounts/index.ts';
import { registerPositionCommands } from './reconciliation/position/index.ts';
import { registerStatementCommands, creditsOf, type PartsOf } from './reconciliation/statements/index.ts';
import { registerReportCommand } from './settlement/documents/index.ts';
import { registerReportCommands } from './settlement/reports/index.ts';

const REGISTERED = [
  registerSessionCommands,
  registerStaffCommands,
  (program: Command, context: CommandContext) => registerApprovalCommands(program, context, KIND_NAMES),
  registerBillerCommands,
  registerCalendarCommands,
  registerBankCommands,
  registerChannelCommands,
  registerKeyCommands,
  registerCallCommand,
  registerBillCommands,
  registerEventCommands,
  registerMessageCommands,
  registerSettlementCommands,
  registerRemittanceCommands,
  (program: Command, context: CommandContext) =>
    registerOrderCommands(program, context, { writer: orderWriter, kinds: orderKinds }),
  (program: Command, context: CommandContext) =>
    registerAnswerCommands(program, context, { reader: readBankAnswer, kinds: orderKinds }),
  registerCreditCommands,
  registerAdjustmentCommands,
  registerReconcileCommand,
  registerBreakCommands,
  registerDisputeCommands,
  registerMandateCommands,
  registerDebitLookCommands,
  (program: Command, context: Installation) =>
    registerDebitActCommands(program, context, () => debitParts(context)),
  registerBankLinkCommands,
  registerReportCommand,
  registerReportCommands,
  registerBankAccountCommands,
  registerPositionCommands,
  (program: Command, context: Installation) =>
    registerStatementCommands(program, context, () => statementParts(context)),
  registerDeskCommands,
  registerDemoCommands,
];

/** As the worker has them. Faults go to the terminal. */
async function debitParts(context: Installation): Promise<ActParts> {
  const [database, masterKey] = [await context.database(), await context.masterKey()];
  const directory = await Directory.open(database);
  const log = { info: () => undefined, warn: toTerminal, error: toTerminal };
  return { database, directory, masterKey, dataDir: context.dataDir, kinds: orderKinds, debitWriter, log };
}

function toTerminal(told: unknown, text?: string): void {
  const err = typeof told === 'object' && told !== null && 'err' in told ? told.err : undefined;
  process.stderr.write(`${text ?? ''}${err instanceof Error ? `: ${err.message}` : ''}\n`);
}

/** Faults go to the terminal; what is worth knowing is in the answer of the command. */
async function statementParts(context: Installation): ReturnType<PartsOf> {
  const [database, masterKey] = [await context.database(), await context.masterKey()];
  const log = { info: () => undefined, warn: () => undefined, error: toTerminal };
  const directory = await Directory.open(database);
  const { openDays } = undoTools(database, directory);
  const tools = { database, directory, link: await context.agencies(), log, openDays };
  return {
    database,
    masterKey,
    reader: readStatementFile,
    log,
    placeDeposits: (lines) => placeDeposits(tools, creditsOf(lines)),
  };
}

/** Writes to the process's own streams and leaves its exit code there. */
export async function run(args: readonly string[]): Promise<void> {
  const installation = new Installation();
  try {
    const program = programOf(installation);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = fail(error, args.includes('--json'));
  } finally {
    await installation.close();
  }
}

/** The whole tree of commands; nothing is opened before one of them runs. */
export function programOf(context: Installation): Command {
  const program = new Command('wasit')
    .description(
      'The operator’s command line. Every command takes --json; exit codes: 0 done, 1 refused or failed, 2 wrong usage.',
    )
    .version(packageJson.version, '--version', 'this program’s version')
    // An option belongs to the word that it stands behind, where a noun is a verb as well.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for how it is used)');
  for (const register of REGISTERED) register(program, context);
  quietly(program);
  return program;
}

/** Commander would leave the process itself, with 1 for wrong usage. */
function quietly(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) quietly(child);
}

/** Tells what went wrong and gives the exit code. */
function fail(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) {
    // Told already. Help that was asked for is no fault; help because nothing was said is.
    return error.exitCode === 0 ? 0 : 2;
  }
  const isOurs = error instanceof CommandRefused || error instanceof WrongUsage;
  const message = error instanceof Error ? error.message : String(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: message }, null, 2)}\n`);
  else process.stderr.write(`wasit: ${visible(message)}\n`);
  if (!isOurs && error instanceof Error && error.stack !== undefined)
    process.stderr.write(`${error.stack}\n`);
  return error instanceof WrongUsage ? 2 : 1;
}

// `npm run wasit -- <noun> <verb> …`: the operator's command line. It talks to the database that DATABASE_URL names,
// else to the one that `npm start` keeps in WASIT_DATA_DIR. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.

import os from 'node:os';
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { registerSessionCommands, registerStaffCommands } from './access/index.ts';
import { KIND_NAMES } from './approval-kinds.ts';
import { registerApprovalCommands } from './approvals/index.ts';
import { registerBankCommands } from './billers/bank/index.ts';
import { registerBillerCommands, registerCalendarCommands } from './billers/index.ts';
import { registerBillCommands } from './bills/index.ts';
import { registerCallCommand, registerChannelCommands, registerKeyCommands } from './channels/index.ts';
import { registerEventCommands } from './confirmations/index.ts';
import { registerMessageCommands } from './confirmations/messages/index.ts';
import { loadMasterKey, readConfig, type Config } from './config.ts';
import { readDemoFile, registerDemoCommands, type DemoFile } from './demo/index.ts';
import { registerDeskCommands } from './desk/index.ts';
import { orderWriter, readOrderStatus } from './dialects/index.ts';
import { registerOrderCommands } from './settlement/orders/index.ts';
import { registerRemittanceCommands } from './settlement/remittances/index.ts';
import { registerCreditCommands } from './payments/credit/index.ts';
import { registerAdjustmentCommands, registerSettlementCommands } from './settlement/index.ts';
import { CommandRefused, visible, WrongUsage, type CommandContext } from './platform/cli/index.ts';
import { isConnectionLoss, openDatabase, pendingMigrations, type Database } from './platform/db/index.ts';
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
    registerOrderCommands(program, context, { writer: orderWriter, reader: readOrderStatus }),
  registerCreditCommands,
  registerAdjustmentCommands,
  registerReportCommand,
  registerReportCommands,
  registerDeskCommands,
  registerDemoCommands,
];

async function run(args: readonly string[]): Promise<void> {
  const installation = new Installation();
  try {
    const program = build(installation);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = fail(error, args.includes('--json'));
  } finally {
    await installation.close();
  }
}

function build(context: CommandContext): Command {
  const program = new Command('wasit')
    .description(
      'The operator’s command line. Every command takes --json; exit codes: 0 done, 1 refused or failed, 2 wrong usage.',
    )
    .version(packageJson.version, '--version', 'this program’s version')
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

/** What is found of the installation, when a command asks for it. */
class Installation implements CommandContext {
  readonly actor = { name: userName(), origin: 'cli' } as const;
  #config: Config | undefined;
  #database: Promise<Database> | undefined;
  #demo: Promise<DemoFile | undefined> | undefined;

  get dataDir(): string {
    return this.#settings().dataDir;
  }

  get privateNetworks(): readonly string[] {
    return this.#settings().privateNetworks;
  }

  database(): Promise<Database> {
    return (this.#database ??= this.#open());
  }

  async masterKey(): Promise<Buffer> {
    const config = this.#settings();
    const isEmbedded = (await this.embedded()) !== undefined;
    return loadMasterKey(isEmbedded ? { ...config, databaseUrl: undefined } : config);
  }

  async embedded(): Promise<(DemoFile & { bearerOf(client: string): string | undefined }) | undefined> {
    const { dataDir, databaseUrl } = this.#settings();
    const demo = await (this.#demo ??= readDemoFile(dataDir));
    if (demo === undefined || (databaseUrl !== undefined && databaseUrl !== demo.databaseUrl))
      return undefined;
    return { ...demo, bearerOf: (client) => demo.clients[client]?.key };
  }

  async close(): Promise<void> {
    const opened = await this.#database?.catch(() => undefined);
    await opened?.close();
  }

  async #open(): Promise<Database> {
    const { databaseUrl, dataDir } = this.#settings();
    const url = databaseUrl ?? (await this.embedded())?.databaseUrl;
    if (url === undefined) {
      throw new CommandRefused(
        `no database is known: there is no demo.json in ${dataDir}; start Wasit with npm start, or set DATABASE_URL`,
      );
    }
    const database = openDatabase(url, { poolSize: 4, applicationName: 'wasit-cli' });
    const pending = await pendingMigrations(database).catch(async (error: unknown) => {
      await database.close();
      if (!isConnectionLoss(error) && !isRefusedConnection(error)) throw error;
      throw new CommandRefused(
        `the database ${withoutPassword(url)} does not answer; is it running? (npm start)`,
      );
    });
    if (pending.length === 0) return database;
    await database.close();
    throw new CommandRefused(
      `the database is older than this program (${pending.join(', ')}): start the gateway once, which brings it up to date`,
    );
  }

  #settings(): Config {
    return (this.#config ??= readConfig());
  }
}

function isRefusedConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'].includes(String(error.code))
  );
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // An account without a name (a container's number): the number says as much.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

await run(process.argv.slice(2));

// `wasit demo bank`: plays the banks of payers against the running embedded installation until it is stopped. The stories of
// debits start it themselves where it does not run.

import { once } from 'node:events';
import type { Command } from 'commander';
import { systemClock } from '../kernel/clock.ts';
import {
  addVerb,
  CommandRefused,
  WrongUsage,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { BY_API, BY_FILES, openDemoBank } from './bank/open-bank.ts';
import { readDemoFile, type DemoFile } from './demo-file.ts';

/** Behind the gateway's, out of the way of its other ports and of another installation that takes the next ones. */
const BEHIND = 710;
const PORTS_OF_SYSTEM = 32_768;

/** It follows WASIT_PORT of the running installation. */
export function bankPortOf({ baseUrl }: Pick<DemoFile, 'baseUrl'>): number {
  const port = Number(new URL(baseUrl).port);
  return port + BEHIND < PORTS_OF_SYSTEM ? port + BEHIND : port - BEHIND;
}

export function addBankVerb(demo: Command, context: CommandContext): void {
  addVerb(demo, {
    usage: 'bank',
    summary: `plays the banks of payers: ${BY_API} by its API, ${BY_FILES} by files; Ctrl-C stops it`,
    options: withBankPort,
    action: async (_, options) => {
      const stopped = new AbortController();
      const onSignal = (): void => stopped.abort();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
      const say = (line: string): void => console.log(`${systemClock.now().toISOString()} ${line}`);
      const bank = await openBank(context, await demoOf(context), options, say);
      say(`the demo bank listens at ${bank.url}; what it does with which account: docs/demo-bank.md`);
      await once(stopped.signal, 'abort');
      await bank.stop();
      return { data: { url: bank.url }, text: 'the demo bank has stopped' };
    },
  });
}

export function withBankPort(command: Command): void {
  command.option('--bank-port <port>', `where its API listens (default WASIT_PORT + ${BEHIND})`, (text) => {
    if (!/^\d{1,5}$/.test(text)) throw new WrongUsage(`${text} is no port`);
    return Number(text);
  });
}

export async function openBank(
  context: CommandContext,
  demo: DemoFile,
  { bankPort }: Options,
  say: (line: string) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  return openDemoBank({
    database: await context.database(),
    masterKey: await context.masterKey(),
    allowedNetworks: context.privateNetworks,
    dataDir: context.dataDir,
    actor: context.actor,
    demo,
    port: typeof bankPort === 'number' ? bankPort : bankPortOf(demo),
    say,
  });
}

/** Refuses where there is none. */
export async function demoOf(context: CommandContext): Promise<DemoFile> {
  const demo = (await context.embedded()) === undefined ? undefined : await readDemoFile(context.dataDir);
  if (demo === undefined)
    throw new CommandRefused(
      'this is done in the embedded installation only: start one with npm start (WASIT_DATA_DIR says where)',
    );
  return demo;
}

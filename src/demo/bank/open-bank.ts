// The demo bank of an embedded installation: banks of payers are linked to it, one by its API and one by files, and it works
// until it is stopped. One that runs already at that port is used.

import { setTimeout as pause } from 'node:timers/promises';
import { orRefuse, type Actor } from '../../access/index.ts';
import { bankCalendar } from '../../billers/bank/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import { setBankLink, type BankLinkWish } from '../../mandates/index.ts';
import { CommandRefused } from '../../platform/cli/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { requireFreePort } from '../../platform/embedded/index.ts';
import { DEMO_BANK } from '../banks.ts';
import type { DemoFile } from '../demo-file.ts';
import { timeOfBooks } from '../store.ts';
import type { BankNow } from './carry-out.ts';
import { bankSecret } from './link-file.ts';
import { placesOf } from './places.ts';
import { startBank } from './run-bank.ts';

/** The banks of payers that it plays: the one is called, the other gets files. */
export const BY_API = 'bank-one';
export const BY_FILES = 'bank-two';

export interface OpenBankParts {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly allowedNetworks: readonly string[];
  readonly demo: Pick<DemoFile, 'baseUrl' | 'clients'>;
  readonly dataDir: string;
  readonly port: number;
  readonly actor: Actor;
  readonly say: (line: string) => void;
}

const EVERY_MS = 1000;
const PROBE_MS = 1000;

/** `url` of its API. One that somebody else has started goes on after `stop`. */
export async function openDemoBank(parts: OpenBankParts): Promise<{ url: string; stop(): Promise<void> }> {
  const { dataDir, port, demo, say } = parts;
  const url = `http://127.0.0.1:${port}`;
  if (await runsAt(url, dataDir)) return { url, stop: async () => undefined };
  await requireBankPort(port);
  const secret = await bankSecret(dataDir);
  await link(parts, BY_API, { way: 'api', url, secret });
  await link(parts, BY_FILES, { way: 'files', bank: DEMO_BANK.code });
  const { handover } = DEMO_BANK.settings;
  const bank = await startBank({
    dataDir,
    places: placesOf(dataDir, DEMO_BANK.code, handover.way === 'folder' ? handover.folder : ''),
    port,
    secret,
    gateway: { baseUrl: demo.baseUrl, key: demo.clients[BY_API]?.key ?? '' },
    now: () => timeOfBank(parts.database),
    say,
  });
  const stopping = new AbortController();
  const round = (): Promise<void> =>
    bank.round().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
  const rounds = (async () => {
    while (!stopping.signal.aborted) {
      await round();
      await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    url: bank.url,
    async stop() {
      stopping.abort();
      await rounds;
      // What it has answered since is told, too.
      await round();
      await bank.stop();
    },
  };
}

/** Before a bank is linked to an address at which somebody else is. */
async function requireBankPort(port: number): Promise<void> {
  await requireFreePort(port, '--bank-port').catch((taken: unknown) => {
    const why = taken instanceof Error ? ` (${taken.message})` : '';
    throw new CommandRefused(`the demo bank cannot listen at ${port}: name another by --bank-port${why}`);
  });
}

async function link(
  { database, masterKey, allowedNetworks, actor }: OpenBankParts,
  channel: string,
  wish: BankLinkWish,
): Promise<void> {
  orRefuse(await setBankLink(database, channel, wish, { masterKey, allowedNetworks }, actor));
}

function timeOfBank(database: Database): Promise<BankNow> {
  return database.transaction(async (tx) => {
    const at = await timeOfBooks(tx);
    return { at, today: calendarDate(at, await bankCalendar(tx, DEMO_BANK.code)) };
  });
}

async function runsAt(url: string, dataDir: string): Promise<boolean> {
  const about = await fetch(`${url}/about`, { signal: AbortSignal.timeout(PROBE_MS) })
    .then((response) => response.json() as Promise<{ dataDir?: unknown }>)
    .catch(() => undefined);
  return about?.dataDir === dataDir;
}

// `demo.json` in the data directory: where the embedded installation is and how its parties are called, for people
// and programs that try it out. It holds keys, so only its owner may read it. Written whole or not at all.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { MoneyText } from '../kernel/money.ts';

export interface DemoAddresses {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  /** null: there is no Redis, the queue lives in PostgreSQL. */
  readonly redisUrl: string | null;
  /** The demo agency: its page with what it has booked, and its own database. */
  readonly agency: { readonly url: string; readonly databaseUrl: string };
}

export interface DemoFile extends DemoAddresses {
  /** By code: a channel's own, an agency's biller's, `operator`. */
  readonly clients: Readonly<
    Record<string, { readonly kind: 'channel' | 'agency' | 'operator'; readonly key: string }>
  >;
  readonly billers: readonly { readonly code: string; readonly currency: string; readonly policy: string }[];
  /** Open bills with fixed amounts, due 30 days or more after seeding. */
  readonly bills: readonly {
    readonly billerCode: string;
    readonly billNumber: string;
    readonly payerId: string;
    readonly amountDue: MoneyText;
  }[];
  /** People who can sign in: `wasit login --login LOGIN`. */
  readonly staff: readonly {
    readonly login: string;
    readonly password: string;
    readonly name: string;
    readonly role: string;
    readonly billerCode?: string;
    readonly language: string;
  }[];
}

export function demoFilePath(dataDir: string): string {
  return path.join(dataDir, 'demo.json');
}

/** undefined: there is none. Throws on one that cannot be read. */
export async function readDemoFile(dataDir: string): Promise<DemoFile | undefined> {
  const file = demoFilePath(dataDir);
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as DemoFile;
  } catch (cause) {
    throw new Error(`${file} is no JSON; delete it, and the next start makes new keys and writes it again`, {
      cause,
    });
  }
}

export async function writeDemoFile(dataDir: string, content: DemoFile): Promise<void> {
  await writePrivately(demoFilePath(dataDir), `${JSON.stringify(content, null, 2)}\n`);
}

/** Mode 0600 from its first byte on. */
export async function writePrivately(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await fs.writeFile(draft, text, { mode: 0o600 });
  await fs.rename(draft, file);
}

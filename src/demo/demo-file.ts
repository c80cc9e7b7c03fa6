// `demo.json` in the data directory: where the embedded installation is and how its parties are called, for people
// and programs that try it out. It holds keys, so only its owner may read it.

import path from 'node:path';
import type { MoneyText } from '../kernel/money.ts';
import { readPrivateJson, writePrivateJson } from './private-file.ts';

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
export function readDemoFile(dataDir: string): Promise<DemoFile | undefined> {
  return readPrivateJson(demoFilePath(dataDir), 'keys');
}

export function writeDemoFile(dataDir: string, content: DemoFile): Promise<void> {
  return writePrivateJson(demoFilePath(dataDir), content);
}

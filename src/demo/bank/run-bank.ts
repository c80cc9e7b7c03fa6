// The demo bank at work: its API listens, and every moment it looks into its folders, carries out what is due and says what
// it said that it would say later.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { bankServer } from './api-server.ts';
import { BankBooks } from './bank-books.ts';
import type { BankNow } from './carry-out.ts';
import type { BankPlaces } from './places.ts';
import { sayLater, type GatewayOfBank } from './say-later.ts';
import { workOnFiles } from './work-on-files.ts';

export interface BankParts {
  /** Where it keeps its books. */
  readonly dataDir: string;
  readonly places: BankPlaces;
  /** 0: any that is free. */
  readonly port: number;
  readonly secret: string;
  readonly gateway: GatewayOfBank;
  /** The time of the books, and the bank's date. */
  readonly now: () => Promise<BankNow>;
  readonly say: (line: string) => void;
}

export interface RunningBank {
  readonly url: string;
  /** One round, at once. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

/** Throws when the port is taken. */
export async function startBank(parts: BankParts): Promise<RunningBank> {
  const { dataDir, places, secret, gateway, now, say } = parts;
  const books = await BankBooks.open(dataDir);
  const server = bankServer({ books, dataDir, secret, say, today: async () => (await now()).today });
  await once(server.listen(parts.port, '127.0.0.1'), 'listening');
  const work = async (): Promise<void> => {
    const time = await now();
    for (const name of await workOnFiles(places, books, time, say)) say(`wrote ${name}`);
    await sayLater(books, gateway, time.today, say);
  };
  // One after the other, whoever asks for them.
  let last: Promise<void> = Promise.resolve();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    round: () => (last = last.catch(() => undefined).then(work)),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await last.catch(() => undefined);
    },
  };
}

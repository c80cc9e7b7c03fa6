// The demo agency as a process of its own: `npm run demo-agency`, or by `npm start`, with which it then also ends. It
// stands for the system of an agency, so it shares with Wasit what an agency does: addresses, secrets and keys.

import { once } from 'node:events';
import path from 'node:path';
import { Books } from './books.ts';
import { presentedBill, sayIsBack } from './call-wasit.ts';
import { agencyServer } from './server.ts';
import { readGateway, readSettings } from './settings.ts';

const dataDir = path.resolve(process.argv[2] ?? (process.env['WASIT_DATA_DIR'] || '.wasit'));

start().catch((error: unknown) => {
  console.error(`demo agency: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});

async function start(): Promise<void> {
  const { url, databaseUrl } = await readSettings(dataDir);
  const books = new Books(databaseUrl);
  const server = agencyServer({
    books,
    dataDir,
    settings: () => readSettings(dataDir),
    presented: async (biller, billNumber) => {
      const gateway = await readGateway(dataDir);
      return gateway && presentedBill(gateway, biller, billNumber);
    },
    billFile: path.join(dataDir, 'agency-bills.ndjson'),
    say: (line) => console.error(`${new Date().toISOString()} ${line}`),
  });
  const stop = (): void => {
    server.close(() => void books.close().then(() => process.exit(0)));
    server.closeIdleConnections();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const isChild = process.send !== undefined;
  // Whoever started it is gone, however that came about.
  if (isChild) process.once('disconnect', () => process.exit(0));

  const { port, hostname } = new URL(url);
  server.listen(Number(port), hostname);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`port ${port} (WASIT_AGENCY_PORT) is taken; is the demo agency running already? ${url}/`);
  });
  if (isChild) process.send?.('ready');
  else console.log(`The demo agency is running; its books: ${url}/ (Ctrl-C stops it)`);
  const gateway = await readGateway(dataDir);
  if (gateway !== undefined) await sayIsBack(gateway, (biller) => `${url}/confirmations/${biller}`);
}

// What a person reads after `npm start`: where it is, and three lines that work when pasted into a shell. They pay a
// bill that is open at this moment, under a reference of their own.

import path from 'node:path';
import type { Database } from '../platform/db/index.ts';
import { demoFilePath, type DemoFile } from './demo-file.ts';
import { agencyCommand } from './run-agency.ts';
import { firstOpenBill, timeOfBooks } from './store.ts';

const CHANNEL = 'bank-one';

export interface Welcome {
  readonly demo: DemoFile;
  readonly dataDir: string;
  /** Of the demo agency's process; undefined: it did not start. */
  readonly agencyPid: number | undefined;
}

export async function welcome(database: Database, { demo, dataDir, agencyPid }: Welcome): Promise<string> {
  const example = await exampleLines(database, demo);
  return `
Wasit is running at ${demo.baseUrl}

  API documentation   ${demo.baseUrl}/docs
  Parties and keys    ${demoFilePath(dataDir)}
  Command line        npm run wasit -- --help
  The agency's books  ${demo.agency.url}/   what it has been told, a moment after each payment
  Messages to payers  ${path.join(dataDir, 'outbox')}
${example === undefined ? '' : `\nTry it as the channel ${CHANNEL}: what is owed, pay it, what became of it\n\n${example}\n`}
See a whole day, until the bank has said that the money has arrived and every line is placed

  npm run wasit -- demo day

See the agency miss a payment and catch up: stop it, pay, start it again and look at its books
${
  agencyPid === undefined
    ? ''
    : `
  kill ${agencyPid}`
}
  ${agencyCommand(dataDir)}

Ctrl-C stops everything.
`;
}

async function exampleLines(database: Database, demo: DemoFile): Promise<string | undefined> {
  const billerCode = demo.billers[0]?.code;
  const key = demo.clients[CHANNEL]?.key;
  const listed = demo.bills.filter((bill) => bill.billerCode === billerCode);
  const { now, open } = await database.transaction(async (tx) => ({
    now: await timeOfBooks(tx),
    open: await firstOpenBill(
      tx,
      billerCode ?? '',
      listed.map((bill) => bill.billNumber),
    ),
  }));
  const bill = listed.find(({ billNumber }) => billNumber === open);
  if (bill === undefined || key === undefined) return undefined;
  const { billNumber, amountDue } = bill;
  const reference = `try-${now.getTime().toString(36)}`;
  const inquiry = { billerCode, billNumber };
  const bills = [{ billNumber, amount: amountDue }];
  const payment = { reference, billerCode, bills, occurredAt: now.toISOString(), method: 'account' };
  const curl = (path: string, body?: object): string =>
    `curl -s ${demo.baseUrl}${path} -H 'authorization: Bearer ${key}'` +
    (body === undefined ? '' : ` -H 'content-type: application/json' -d '${JSON.stringify(body)}'`);
  return [
    curl('/v1/inquiries', inquiry),
    curl('/v1/payments', payment),
    curl(`/v1/payments/by-reference/${reference}`),
  ].join('\n\n');
}

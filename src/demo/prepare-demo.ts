// Makes the embedded installation worth trying: parties, bills and keys at the first start, and a demo.json that
// says the truth at every start. A demo.json that was lost is written again, with new keys.

import { isDeepStrictEqual } from 'node:util';
import { Directory } from '../channels/index.ts';
import { toText } from '../kernel/money.ts';
import { DEMO_BILLERS } from './billers.ts';
import { readDemoFile, writeDemoFile, type DemoAddresses, type DemoFile } from './demo-file.ts';
import { seedAgency, type AgencySeeding } from './seed-agency.ts';
import { seedBills } from './seed-bills.ts';
import { seedDebits } from './seed-debits.ts';
import { seedKeys } from './seed-keys.ts';
import { seedParties } from './seed-parties.ts';
import { seedReconciliation } from './seed-reconciliation.ts';
import { seedSettlement } from './seed-settlement.ts';
import { seedStaff } from './seed-staff.ts';
import { hasBillers, plainOpenBills, timeOfBooks } from './store.ts';

export interface DemoParts extends AgencySeeding {
  readonly addresses: Omit<DemoAddresses, 'agency'>;
}

const BILLS_LISTED = 200;
const LISTED_DUE_DAYS = 30;

export async function prepareDemo(parts: DemoParts): Promise<DemoFile> {
  const { url, databaseUrl } = parts.agency;
  const content = await seedParts(parts, { ...parts.addresses, agency: { url, databaseUrl } });
  await seedSettlement(parts);
  await seedReconciliation(parts);
  await seedDebits(parts.database);
  await seedAgency(parts);
  return content;
}

async function seedParts(
  { database, masterKey, dataDir }: DemoParts,
  addresses: DemoAddresses,
): Promise<DemoFile> {
  const known = await readDemoFile(dataDir);
  if (known !== undefined && (await database.transaction(hasBillers))) {
    const current: DemoFile = { ...known, ...addresses };
    if (!isDeepStrictEqual(known, current)) await writeDemoFile(dataDir, current);
    return current;
  }
  const directory = await Directory.open(database);
  await seedParties(database, directory.current);
  await directory.reload();
  // Beside the bills: passwords take threads of their own, bills the database.
  const hashing = seedStaff(database);
  hashing.catch(() => undefined); // told where it is waited for
  const now = await database.transaction(timeOfBooks);
  const bills: DemoFile['bills'][number][] = [];
  for (const demo of DEMO_BILLERS) {
    const biller = directory.current.billersByCode.get(demo.code);
    if (biller === undefined) throw new Error(`the demo's biller ${demo.code} is not there`);
    await seedBills(database, biller, demo, now);
    const { billerId, calendar, currency } = biller;
    const open = await database.transaction((tx) =>
      plainOpenBills(tx, billerId, calendar.timeZone, LISTED_DUE_DAYS, BILLS_LISTED),
    );
    for (const row of open) {
      const amountDue = toText({ minor: row.amount_minor, currency });
      bills.push({ billerCode: demo.code, billNumber: row.bill_number, payerId: row.payer_id, amountDue });
    }
  }
  const billers = DEMO_BILLERS.map(({ code }) => directory.current.billersByCode.get(code)).flatMap(
    (biller) =>
      biller === undefined ? [] : [{ code: biller.code, currency: biller.currency, policy: biller.policy }],
  );
  const clients = await seedKeys(database, masterKey, dataDir);
  const content: DemoFile = { ...addresses, clients, billers, bills, staff: await hashing };
  await writeDemoFile(dataDir, content);
  return content;
}

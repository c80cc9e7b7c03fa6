// One day at the gateway, told and done: bills, payments and refusals, then the evening that settles them, the
// channel's file and the bank's statement that reconcile them, and at the end the desk looks at the books.

import type { Database } from '../platform/db/index.ts';
import { Day } from './day.ts';
import type { DemoFile } from './demo-file.ts';
import { Scribe } from './scribe.ts';
import { timeOfBooks } from './store.ts';
import { tellBreak } from './tell-break.ts';
import { tellChannelDay } from './tell-channel-day.ts';
import { tellDeposit } from './tell-deposit.ts';
import { tellDesk } from './tell-desk.ts';
import { tellEvening } from './tell-evening.ts';
import { tellNextDay } from './tell-next-day.ts';
import { tellStatement } from './tell-statement.ts';

/** Who plays, when, and under which mark: numbers that no other run has given out. */
export interface DayParts {
  readonly demo: Pick<DemoFile, 'baseUrl' | 'clients' | 'agency' | 'staff'>;
  readonly dataDir: string;
  readonly database: Database;
  /** Letters and digits. */
  readonly run: string;
}

/** The day as Markdown, with the ids and times that it really had. Throws when something went otherwise than told. */
export async function playDay({ demo, dataDir, database, run }: DayParts): Promise<string> {
  const now = await database.transaction(timeOfBooks);
  const scribe = new Scribe(demo);
  const agency = { scribe, url: demo.agency.url, dataDir };
  const day = new Day(agency, run, now.toISOString());
  day.open();
  await day.presentBills();
  await day.payAtTheBank();
  await day.agencyKnows();
  await day.askAgain();
  await day.refuse();
  await day.payAtTheAgent();
  await day.cancelTheUnanswered();
  const { businessDate } = day;
  const evening = { scribe, staff: demo.staff, database, dataDir, businessDate };
  const closed = await tellEvening(evening);
  const reconciled = { ...evening, ...closed, agency, run };
  await tellChannelDay(reconciled);
  await tellStatement(reconciled);
  await tellDeposit(reconciled);
  await tellBreak(reconciled);
  await tellNextDay(reconciled);
  await tellDesk(scribe, database, day.receiptNumber);
  return scribe.text;
}

// A builder with twelve sites at a fund of construction: one mandate, of which his bank hears by a file; one debit for all that
// falls due on a weekend, collected by files; then a month in which there is not enough on his account, and the second try.

import { addDays, daysBetween, type BusinessDate } from '../../kernel/business-date.ts';
import { parseId } from '../../kernel/ids.ts';
import { endToEndIdOf } from '../../mandates/debits/index.ts';
import { layOutXml } from '../lay-out-xml.ts';
import { putClock } from '../put-clock.ts';
import { showClock } from '../set-clock.ts';
import { tellAgency } from '../tell-agency.ts';
import { daysFrom, instantOn, type Days } from './dates.ts';
import { amountOf, billOf, LATE_TOTAL, payerOf, SITES, TOTAL } from './sites.ts';
import { debitOf, takenFile, toldDebit } from './follow-debit.ts';
import { awaitMandate, mobileOf, tellMessage, type StoryParts, type ToldDebit } from './story.ts';

const AGENCY = 'dz-build';
const BANK = 'bank-two';
const ACCEPTS = 'yacine';
/** It pays, then it is short, in turn: docs/demo-bank.md. */
const SHORT_THE_SECOND_TIME = '002 00002 0000002014 66';
const UNITS = ['alger', 'oran', 'constantine', 'ouargla'] as const;
const ANNOUNCED_DAYS = 3;
/** The payer is told, and debits leave, in the morning. */
const MORNING = '08:00';

export interface CacobatphTold {
  readonly mandateId: string;
  /** That of the first month, the one that failed, the second try. */
  readonly debitIds: readonly [string, string, string];
  readonly paymentIds: readonly string[];
  readonly dueOn: BusinessDate;
  readonly collectOn: BusinessDate;
}

export async function tellCacobatph(parts: StoryParts): Promise<CacobatphTold> {
  const { scribe } = parts;
  const mandateId = await authorise(parts);
  const month = (nth: number, days: Days): Month => ({
    ...parts,
    agency: AGENCY,
    mandateId,
    nth,
    isLate: false,
    ...days,
  });
  scribe.write('## What falls due on a Friday');
  const one = month(1, await daysFrom(parts.database, AGENCY, 7));
  await declare(one);
  const first = await announced(one);
  await sent(one, first);
  const collected = await collect(one, first.debitId);
  scribe.write(
    '## A month in which it is not enough',
    'Two weeks later the same twelve sites are due again. The builder is told, the file goes, and his bank says no.',
  );
  const two = month(2, await daysFrom(parts.database, AGENCY, 14));
  await declare(two);
  const second = await announced(two);
  const again = await tryAgain(two, second);
  return {
    mandateId,
    debitIds: [first.debitId, second.debitId, again.debitId],
    paymentIds: [
      ...new Set([...collected.bills, ...again.bills].flatMap(({ paymentId }) => paymentId ?? [])),
    ],
    dueOn: one.dueOn,
    collectOn: one.collectOn,
  };
}

interface Month extends StoryParts, Days {
  readonly agency: string;
  readonly mandateId: string;
  readonly nth: number;
  /** Its due date is over. */
  readonly isLate: boolean;
}

async function authorise(parts: StoryParts): Promise<string> {
  const { scribe, database, dataDir, run } = parts;
  const { now } = await showClock(database);
  scribe.write(
    '# Twelve sites, one mandate',
    `\`${AGENCY}\` is a fund to which builders pay for each of their sites, under a number of its own each. This one lets
it collect for all twelve from one account, whenever something is due. \`${BANK}\` is his bank, which takes files; the demo bank
plays it.`,
  );
  const payers = Array.from({ length: SITES }, (_, at) => ({
    billerCode: AGENCY,
    payerId: payerOf(run, at),
  }));
  const body = {
    reference: `CACO-${run}`,
    payerId: payerOf(run, 0),
    payerName: 'Travaux Atlas',
    payer: { mobile: mobileOf(run), language: 'ar' },
    account: { number: SHORT_THE_SECOND_TIME, holder: 'Travaux Atlas' },
    channelCode: BANK,
    collect: { on: 'due-date' },
    announceDays: ANNOUNCED_DAYS,
    ceiling: {
      perDebit: { value: '5000000.00', currency: 'DZD' },
      perMonth: { value: '9000000.00', currency: 'DZD' },
    },
    validFrom: now.toISOString().slice(0, 10),
    covers: payers,
  };
  const opened = await scribe.call({ as: AGENCY, method: 'POST', path: '/v1/mandates', body, expect: 201 });
  const mandateId = String(opened.body['mandateId']);
  scribe.write(
    `His bank finds a \`pain.009\` in \`.wasit/orders\` (here with line breaks), takes it and answers by a \`pain.012\`:`,
  );
  scribe.quote(layOutXml(await takenFile(dataDir, 'pain.009.001', mandateId)), 'xml');
  await awaitMandate(scribe, AGENCY, mandateId, 'bank-validated');
  scribe.write('One of the fund’s people accepts, and the builder reads so in Arabic:');
  await scribe.signIn(ACCEPTS);
  const decision = { decision: 'accept', comment: 'الملف كامل' };
  const path = `/v1/mandates/${mandateId}/decision`;
  await scribe.call({ as: ACCEPTS, method: 'POST', path, body: decision, expect: 200 });
  await tellMessage(parts, 'تفويض الخصم', 'سارٍ');
  return mandateId;
}

async function declare({ scribe, run, nth, dueOn }: Month): Promise<void> {
  scribe.write(`Twelve bills, one for each site, all due on ${dueOn}. This is the first:`);
  for (let at = 0; at < SITES; at++) {
    const body = {
      payerId: payerOf(run, at),
      payerName: 'Travaux Atlas',
      description: `Chantier ${at + 1}`,
      amount: { value: amountOf(at), currency: 'DZD' },
      dueOn,
      unit: UNITS[at % UNITS.length],
      payer: { mobile: mobileOf(run), language: 'ar' },
    };
    const call = {
      as: AGENCY,
      method: 'PUT',
      path: `/v1/bills/${billOf(run, nth, at)}`,
      body,
      expect: 201,
    } as const;
    if (at === 0) await scribe.call(call);
    else await scribe.look(call);
  }
}

/** Three days before the debit the payer is told. */
async function announced(month: Month): Promise<ToldDebit> {
  const { scribe, database, collectOn, dueOn } = month;
  scribe.write(
    `Nobody works on ${dueOn}: the debit moves to ${collectOn}, and there is no penalty for it. Three days before it is planned,
and the builder is told:`,
  );
  await putClock(scribe, database, instantOn(addDays(collectOn, -ANNOUNCED_DAYS), MORNING));
  const debit = await debitOf(month, (each) => each.state === 'planned' && each.collectOn === collectOn);
  if (debit.amount.value !== TOTAL || debit['billCount'] !== SITES)
    throw new Error(`the story stops: the debit is of ${debit.amount.value}`);
  await tellMessage(month, billOf(month.run, month.nth, 0), 'سيُخصم');
  return debit;
}

/** It is with the bank a working day before. */
async function sent(month: Month, { debitId, sendOn }: ToldDebit): Promise<void> {
  const { scribe, database, dataDir } = month;
  scribe.write(
    `On ${sendOn} it goes to the operator’s bank, a \`pain.008\` with one debit for the twelve sites:`,
  );
  await putClock(scribe, database, instantOn(sendOn, MORNING));
  const text = await takenFile(dataDir, 'pain.008.001', endToEndIdOf(parseId('dbt', debitId) ?? ''));
  scribe.quote(layOutXml(text), 'xml');
  scribe.write('The bank has it, and says so by a `pain.002`.');
  await debitOf(month, (each) => each.debitId === debitId && each.state === 'sent');
}

/** On its day the bank says what became of it, and what it has booked. */
async function collect(month: Month, debitId: string): Promise<ToldDebit> {
  const { scribe, demo, dataDir, database, collectOn, run, nth, isLate } = month;
  scribe.write(
    `On ${collectOn} the bank says by another \`pain.002\` that it has the money, and by a \`camt.054\` that it has booked it:`,
  );
  await putClock(scribe, database, instantOn(collectOn, '10:00'));
  const debit = await toldDebit(month, debitId, 'collected');
  const amounts = new Map(
    Array.from({ length: SITES }, (_, at) => [billOf(run, nth, at), amountOf(at, isLate)]),
  );
  for (const { billNumber, amount, outcome } of debit.bills)
    if (outcome !== 'paid' || amounts.get(billNumber) !== amount.value)
      throw new Error(`the story stops: ${billNumber} is ${outcome} of ${amount.value}`);
  scribe.write('Every site is paid, each exactly; the fund has booked it, and the builder has his receipt:');
  const [payment] = debit.bills.flatMap(({ paymentId }) => paymentId ?? []);
  if (payment === undefined) throw new Error('the story stops: there is no payment');
  await tellAgency({ scribe, url: demo.agency.url, dataDir }, payment, 'booked');
  await tellMessage(month, billOf(run, nth, 0), 'إيصال');
  return debit;
}

/** By that day it is more than the builder was told, so he is told anew, and the second try waits until he has had his days. */
async function announcedAgain(month: Month, debitId: string): Promise<ToldDebit> {
  const { scribe, database, collectOn } = month;
  await putClock(scribe, database, instantOn(addDays(collectOn, 1), MORNING));
  const retry = await debitOf(month, (each) => each['retryOf'] === debitId && each.state === 'planned');
  scribe.write(
    `It is late by then, and the fund’s rule adds five percent: ${retry.amount.value}. That is more than the builder was told, so
he is told anew, and the second try moves to ${retry.collectOn}, for he is to have his days:`,
  );
  await tellMessage(month, billOf(month.run, month.nth, 0), 'سيُخصم', LATE_TOTAL);
  if (retry.amount.value !== LATE_TOTAL)
    throw new Error('the story stops: the second try is of another amount');
  return retry;
}

async function tryAgain(month: Month, { debitId, sendOn }: ToldDebit): Promise<ToldDebit> {
  const { scribe, database, collectOn } = month;
  await putClock(scribe, database, instantOn(sendOn, MORNING));
  await debitOf(month, (each) => each.debitId === debitId && each.state === 'sent');
  await putClock(scribe, database, instantOn(collectOn, '10:00'));
  const failed = await toldDebit(month, debitId, 'failed');
  const retryOn = String(failed['retryOn']);
  scribe.write(
    `\`AM04\`: nothing was paid, the bills are open. The fund tries again ${daysBetween(collectOn, retryOn)} days later, and the builder reads
why, and when:`,
  );
  await tellMessage(month, billOf(month.run, month.nth, 0), 'تعذّر خصم');
  const retry = await announcedAgain(month, debitId);
  await putClock(scribe, database, instantOn(retry.sendOn, MORNING));
  await debitOf(month, (each) => each.debitId === retry.debitId && each.state === 'sent');
  scribe.write(`On ${retry.sendOn} the second try goes to the bank.`);
  return collect({ ...month, collectOn: retry.collectOn, isLate: true }, retry.debitId);
}

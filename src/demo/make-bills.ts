// The demo's bills as the agencies would send them: NDJSON lines, the same every time for the same day. The first
// SAFE_BILLS of each agency are plain ones, due far ahead; among the others are overdue, expired and open amounts.

import { addDays, type BusinessDate } from '../kernel/business-date.ts';
import { formatMinor } from '../kernel/money.ts';
import type { NumberedBillBody } from '../bills/index.ts';
import type { DemoBiller } from './billers.ts';
import { Random } from './random.ts';
import { firmName, monthName, personName } from './words.ts';

export const BILLS_EACH = 3000;
/** Fixed amounts without expiry or penalty of their own, due 35 days or more ahead. */
export const SAFE_BILLS = 600;
/** The last ones are withdrawn by the agency after they were sent. */
export const CANCELLED_BILLS = 10;

interface Shape {
  readonly prefix: string;
  readonly language: 'ar' | 'fr' | 'both';
  /** Bills of one payer. */
  readonly least: number;
  readonly most: number;
  readonly firms: boolean;
  /** Minor units, rounded to whole `step`s. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly mobile: string;
  readonly what: { readonly ar: string; readonly fr: string };
}

const SOCIAL = { ar: 'اشتراكات التأمينات الاجتماعية لشهر', fr: 'Cotisations de sécurité sociale,' };
const SHAPES: Readonly<Record<string, Shape>> = {
  'om-social': {
    prefix: 'OM',
    language: 'ar',
    least: 1,
    most: 6,
    firms: true,
    from: 5_000,
    to: 900_000,
    step: 5,
    mobile: '+96890',
    what: SOCIAL,
  },
  'qa-pension': {
    prefix: 'QA',
    language: 'ar',
    least: 1,
    most: 5,
    firms: true,
    from: 20_000,
    to: 2_500_000,
    step: 25,
    mobile: '+97430',
    what: { ar: 'مساهمات التقاعد لشهر', fr: 'Contributions de retraite,' },
  },
  'dz-social': {
    prefix: 'DS',
    language: 'both',
    least: 1,
    most: 6,
    firms: true,
    from: 300_000,
    to: 40_000_000,
    step: 100,
    mobile: '+2135500',
    what: SOCIAL,
  },
  'dz-build': {
    prefix: 'DB',
    language: 'both',
    least: 10,
    most: 40,
    firms: true,
    from: 150_000,
    to: 25_000_000,
    step: 100,
    mobile: '+2136600',
    what: { ar: 'اشتراكات ورشة البناء لشهر', fr: 'Cotisations du chantier,' },
  },
  'eg-local': {
    prefix: 'EG',
    language: 'ar',
    least: 1,
    most: 4,
    firms: false,
    from: 5_000,
    to: 600_000,
    step: 25,
    mobile: '+20100',
    what: { ar: 'مستحقات المحليات لشهر', fr: 'Redevances locales,' },
  },
};

export function billNumberOf(billerCode: string, today: BusinessDate, number: number): string {
  return `${shapeOf(billerCode).prefix}-${today.slice(0, 4)}-${String(number).padStart(6, '0')}`;
}

export function makeBills(biller: DemoBiller, today: BusinessDate): NumberedBillBody[] {
  const shape = shapeOf(biller.code);
  const random = new Random(0x5eed + shape.prefix.charCodeAt(0) * 256 + shape.prefix.charCodeAt(1));
  const bills: NumberedBillBody[] = [];
  for (let payer = 1; bills.length < BILLS_EACH; payer++) {
    const known = makePayer(random, shape, payer);
    const count = random.between(shape.least, shape.most);
    for (let i = 0; i < count && bills.length < BILLS_EACH; i++) {
      bills.push(makeBill(random, biller, shape, known, bills.length + 1, today));
    }
  }
  return bills;
}

function shapeOf(code: string): Shape {
  const shape = SHAPES[code];
  if (shape === undefined) throw new Error(`the demo has no bills of ${code}`);
  return shape;
}

interface Payer extends Pick<NumberedBillBody, 'payerId' | 'payerName' | 'payer'> {
  readonly language: 'ar' | 'fr';
}

function makePayer(random: Random, shape: Shape, number: number): Payer {
  const language = shape.language === 'both' ? random.pick(['ar', 'fr'] as const) : shape.language;
  const isFirm = shape.firms && random.chance(shape.least > 1 ? 100 : 70);
  const payerName = isFirm ? firmName(random, language, number) : personName(random, language);
  const payerId = `${isFirm ? 'E' : 'P'}-${10_000 + number}`;
  const mobile = `${shape.mobile}${String(100_000 + number)}`;
  const email = `${payerId.toLowerCase()}@${shape.prefix.toLowerCase()}.example.com`;
  // The first payer of each agency can be reached, so that who pays the first bill sees a message.
  const contact =
    random.chance(60) || number === 1 ? { mobile, ...(isFirm && { email }), language } : undefined;
  return { payerId, payerName, language, ...(contact && { payer: contact }) };
}

function makeBill(
  random: Random,
  biller: DemoBiller,
  shape: Shape,
  payer: Payer,
  number: number,
  today: BusinessDate,
): NumberedBillBody {
  const isSafe = number <= SAFE_BILLS;
  const { currency } = biller.settings;
  const dueOn = addDays(today, isSafe ? random.between(35, 150) : random.between(-75, 30));
  const { language, ...names } = payer;
  const minor = BigInt(random.between(shape.from / shape.step, shape.to / shape.step) * shape.step);
  const fixed = { value: formatMinor(minor, currency), currency };
  const base: NumberedBillBody = {
    billNumber: billNumberOf(biller.code, today, number),
    ...names,
    description: `${shape.what[language]} ${monthName(addDays(dueOn, -30), language)}`,
    amount: fixed,
    dueOn,
    version: 1,
    ...unitAndService(random, biller),
  };
  if (isSafe) return base;
  if (biller.settings.policy === 'between' && random.chance(12)) {
    return {
      ...base,
      amount: { min: '50.00', max: '5000.00', step: '10.00', currency },
      service: 'donation',
    };
  }
  return { ...base, ...expiry(random, dueOn), ...parts(random, base, minor, currency) };
}

function unitAndService(random: Random, biller: DemoBiller): Pick<NumberedBillBody, 'unit' | 'service'> {
  const leaves = biller.units?.filter((unit) => !biller.units?.some((other) => other.parent === unit.code));
  const services = biller.services?.filter((service) => service.code !== 'donation');
  return {
    ...(leaves && { unit: random.pick(leaves).code }),
    ...(services && { service: random.pick(services).code }),
  };
}

/** Most never expire; some have, if they were due long ago. */
function expiry(random: Random, dueOn: BusinessDate): Pick<NumberedBillBody, 'expiresOn'> {
  return random.chance(15) ? { expiresOn: addDays(dueOn, random.pick([15, 30, 90])) } : {};
}

/** Some of the bills that have a service are booked to two budget lines. */
function parts(
  random: Random,
  bill: NumberedBillBody,
  minor: bigint,
  currency: string,
): Pick<NumberedBillBody, 'lines'> {
  if (bill.service === undefined || !random.chance(15)) return {};
  const tenth = minor / 10n;
  const line = (budgetLine: string, part: bigint) => ({
    budgetLine,
    amount: { value: formatMinor(part, currency), currency },
  });
  return { lines: [line('13/2101', minor - tenth), line('19/4001', tenth)] };
}

// Texts of transfers as people and banks write them, for the benchmark of deposits: such as name a bill, a payer or a pay
// code, and such as name nothing of ours. Made from what is seen in statements, not from what the finder looks for.

import { mod97 } from '../../src/kernel/mod97.ts';

export interface Dice {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  pick<T>(of: readonly T[]): T;
}

/** The same every time: a linear congruential generator. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  return {
    below,
    pick<T>(of: readonly T[]): T {
      const picked = of[below(of.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
}

const NAMES = [
  'AHMED SALIM AL HARTHY',
  'MOHAMED BENALI',
  'SARL EL BARAKA',
  'شركة النور للتجارة والمقاولات',
  'فاطمة الزهراء',
  'ETS BOUZID ET FILS',
  'AL NOOR TRADING LLC',
];
const BEFORE_BILL = [
  'INV ',
  'Invoice no. ',
  'INVOICE NO:',
  'bill ',
  'Bill# ',
  'facture ',
  'Facture N° ',
  'FACT.',
  'فاتورة رقم ',
  'رقم الفاتورة: ',
  'سداد فاتورة ',
  'للفاتورة ',
  'INV',
];
const BEFORE_PAYER = ['employer ', 'Employer No. ', 'client n° ', 'رقم المشترك ', 'customer: ', 'adhérent '];
const AFTER = [
  '',
  ' thanks',
  ' NOV 2026',
  ' شكرا',
  ' merci',
  ' / AHMED AL HARTHY',
  '\nSARL EL BARAKA',
  ' 22/11/2026',
];
const BEFORE = ['', '', '', 'PAYMENT ', 'TRF FROM ', 'تحويل ', 'VIR ', 'ACH CREDIT\n', '/INV/'];
const SCRIPTS = ['0123456789', '0123456789', '0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹'];

/** The number as somebody might write it: other digits, other case, other separators, a line break in its middle. */
export function written(number: string, dice: Dice): string {
  let text = number;
  const way = dice.below(6);
  if (way === 1) text = text.replaceAll(/[^A-Za-z0-9]/g, '');
  if (way === 2) text = text.replaceAll(/[^A-Za-z0-9]/g, ' ');
  if (way === 3) text = text.replaceAll(/[^A-Za-z0-9]/g, '/');
  if (way === 4) text = text.toLowerCase();
  if (way === 5) {
    const cut = 1 + dice.below(text.length - 1);
    text = `${text.slice(0, cut)}\n${text.slice(cut)}`;
  }
  const script = dice.pick(SCRIPTS);
  return text.replaceAll(/[0-9]/g, (digit) => script[Number(digit)] ?? digit);
}

export function billText(numbers: readonly string[], isDigits: boolean, dice: Dice): string {
  const word = isDigits || dice.below(2) === 0 ? dice.pick(BEFORE_BILL) : '';
  const list = numbers
    .map((number) => (numbers.length > 1 ? number : written(number, dice)))
    .join(dice.pick([', ', ' and ', ' + ']));
  return dice.pick(BEFORE) + word + list + dice.pick(AFTER);
}

/** Nothing but the number, as a careful payer writes it. */
export function bareText(number: string, dice: Dice): string {
  return dice.pick(['', 'TRANSFER ', 'تحويل ']) + number;
}

export function payerText(payer: string, dice: Dice): string {
  return dice.pick(BEFORE) + dice.pick(BEFORE_PAYER) + written(payer, dice) + dice.pick(AFTER);
}

export function codeText(code: string, dice: Dice): string {
  const grouped = code.replaceAll(/(.{4})(?=.)/g, '$1 ');
  return (
    dice.pick(['', 'ref ', 'REF:', 'pay code ']) +
    dice.pick([code, grouped, code.toLowerCase()]) +
    dice.pick(AFTER)
  );
}

const digits = (dice: Dice, count: number): string =>
  Array.from({ length: count }, () => String(dice.below(10))).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const day = (dice: Dice): [string, string, string] => [
  String(2020 + dice.below(8)),
  two(1 + dice.below(12)),
  two(1 + dice.below(28)),
];

function iban(dice: Dice): string {
  const body = digits(dice, 19);
  const rest = mod97(`${body}OM00`) ?? 0;
  const text = `OM${two(98 - rest)}${body}`;
  return dice.pick([
    text,
    text.replaceAll(/(.{4})(?=.)/g, '$1 '),
    `${text.slice(0, 4)}************${text.slice(-4)}`,
  ]);
}

function date(dice: Dice): string {
  const [year, month, date] = day(dice);
  return dice.pick([
    `${date}/${month}/${year}`,
    `${year}-${month}-${date}`,
    year + month + date,
    `${date}.${month}.${year.slice(2)}`,
  ]);
}

const amount = (dice: Dice): string =>
  dice.pick([
    `${dice.below(9000)}.${digits(dice, 3)} OMR`,
    `OMR ${dice.below(900)},${digits(dice, 3)}.${digits(dice, 3)}`,
    `${digits(dice, 4)}.${digits(dice, 2)}`,
  ]);
const phone = (dice: Dice): string =>
  dice.pick([
    `+968 9${digits(dice, 3)} ${digits(dice, 4)}`,
    `00968${digits(dice, 8)}`,
    `05${digits(dice, 8)}`,
    `tel 9${digits(dice, 7)}`,
    `+2135${digits(dice, 8)}`,
  ]);
const card = (dice: Dice): string =>
  dice.pick([
    `4${digits(dice, 3)} ${digits(dice, 4)} ${digits(dice, 4)} ${digits(dice, 4)}`,
    `5${digits(dice, 5)}******${digits(dice, 4)}`,
  ]);
const name = (dice: Dice): string => dice.pick(NAMES);

const NOISE: readonly ((dice: Dice) => string)[] = [
  (d) => `SALARY ${date(d)} ${name(d)}`,
  (d) => `TRF FROM ${name(d)} A/C ${digits(d, 12)}`,
  (d) => `تحويل من ${name(d)} بتاريخ ${date(d)}`,
  (d) => `POS ${card(d)} ${date(d)} ${two(d.below(24))}:${two(d.below(60))}`,
  (d) => `ATM CASH DEPOSIT ${digits(d, 6)} ${amount(d)}`,
  (d) => `IBAN ${iban(d)} ${name(d)}`,
  (d) => `${iban(d)}\n${name(d)} ${phone(d)}`,
  (d) => `REF FT${digits(d, 5)}${d.pick(['BVZ', 'K2L', 'QX'])}${digits(d, 3)} ${amount(d)}`,
  (d) => `your invoice of ${date(d)}, ${name(d)}`,
  (d) => `facture du ${date(d)} montant ${amount(d)}`,
  (d) => `payment mobile ${phone(d)} ${name(d)}`,
  (d) => `هاتف ${phone(d)} ${name(d)}`,
  (d) => `CHQ ${digits(d, 6)} BR ${digits(d, 3)} ${name(d)}`,
  (d) => `LOYER ${d.pick(['JANVIER', 'MARS', 'NOVEMBRE'])} 2026 VILLA ${d.below(900)} ${amount(d)}`,
  (d) => `${amount(d)} ${date(d)} ${digits(d, 8)}`,
  (d) => `RIB ${digits(d, 20)} ${name(d)}`,
  (d) => `حساب رقم ${digits(d, 13)} ${name(d)}`,
  (d) => `value date ${date(d)} rate 0.${digits(d, 5)} ${amount(d)}`,
  (d) => `P.O. BOX ${digits(d, 4)} PC ${digits(d, 3)} ${name(d)}`,
  (d) => `${name(d)} ${digits(d, 14)}`,
];

export function noiseText(dice: Dice): string {
  return dice.pick(NOISE)(dice);
}

// What banks make of a debit's name in :86: of MT940 and MT942: cut wherever their lines are full, in numbered parts, between
// slashes, as free words; and what they take back, with the reason among the words.
import t from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, type DebitWorld } from '../../support/debits.ts';
import { inFile } from '../../support/debit-file.ts';
import { bring, linesOf, OURS, statementParts } from '../../support/statement-world.ts';

type Said = (name: string) => readonly string[];

const cut = (text: string, at: number): string[] =>
  Array.from({ length: Math.ceil(text.length / at) }, (_, n) => text.slice(n * at, (n + 1) * at));

/** `?20`, `?21` … of as many characters each. */
const numbered = (head: string, text: string, sign = '?', at = 27): string[] => {
  const parts = cut(text, at).map((part, n) => `${sign}${20 + n}${part}`);
  return cut(`${head}${parts.join('')}${sign}32AL NOOR TRADING`, 65);
};

const CAME: Readonly<Record<string, Said>> = {
  'between slashes': (name) => cut(`/TRTP/SEPA Incasso/EREF/${name}/NAME/AL NOOR TRADING/REMI/NOV 2026`, 65),
  'numbered, with words': (name) =>
    numbered('192?00SAMMLER LASTSCHRIFT', `EREF+${name}MREF+MND-2026-0042SVWZ+NOV`),
  'numbered, behind other words': (name) => numbered('171?00EINZUG', `SVWZ+CONTRIBUTION NOV 2026 ${name}`),
  'numbered, with a tilde': (name) => numbered('066~00POLECENIE ZAPLATY', `ZA LISTOPAD ${name}`, '~'),
  'numbered, a line of the business': (name) =>
    numbered('105?00EURO-LASTSCHRIFT', `${name} NOVEMBER`, '?', 35),
  'free, in full lines': (name) => cut(`PRELEVEMENT AL NOOR TRADING CONTRIBUTION NOVEMBRE ${name} FIN`, 65),
  'free, in full lines of 35': (name) => cut(`PRELEVEMENT NOVEMBRE 2026 ${name} FIN`, 35),
  'free, broken between words': (name) => ['PRELEVEMENT AL NOOR TRADING', name, 'NOVEMBRE'],
  'as mBank writes': (name) => [
    '770 POLECENIE ZAPLATY; OD: AL NOOR TRADING ',
    `TYT.: ${name}; `,
    'TNR: 179171073864111.010001',
  ],
  'behind a colon': (name) => [`REF:${name};VALUE DATE 23/11/2026`],
};

async function debits(world: DebitWorld, names: readonly string[]) {
  const made = [];
  for (const [nth] of names.entries())
    made.push(await debit(world, [{ number: `D-${nth}`, amount: '10.000' }]));
  await inFile(world.db, made);
  return made;
}

const mt940 = (sequence: number, lines: readonly string[], opening: string, closing: string): Buffer =>
  Buffer.from(
    [
      `:20:S${sequence}`,
      `:25:${OURS}`,
      `:28C:${sequence}/1`,
      `:60F:C261122OMR${opening}`,
      ...lines,
      `:62F:C261123OMR${closing}`,
      '-',
      '',
    ].join('\r\n'),
  );

t.test('collected', async (t) => {
  const world = await makeDebitWorld(t);
  const forms = Object.entries(CAME);
  const ids = await debits(world, Object.keys(CAME));
  const lines = forms.flatMap(([, said], nth) => {
    const [first = '', ...rest] = said(endToEndIdOf(ids[nth] ?? ''));
    return [`:61:2611231123C10,000NDDTNONREF//B${nth}`, `:86:${first}`, ...rest];
  });
  const { fileId } = await bring(statementParts(world), mt940(1, lines, '0,', `${10 * forms.length},`));
  const placed = await linesOf(world.db, fileId);
  await bookAll(world);
  for (const [nth, [form]] of forms.entries()) {
    t.equal(placed[nth]?.outcome, 'debit', form);
    t.match(await debitStanding(world, ids[nth] ?? ''), { state: 'collected' }, form);
  }
});

interface Back {
  /** After `:61:2611231123`: mark, amount, kind and references; money comes first by a line of its own. */
  readonly entry: string;
  readonly said: Said;
  readonly why: string;
}

const BACK: Readonly<Record<string, Back>> = {
  'between slashes': {
    entry: 'D10,000NRTINONREF//R0',
    said: (name) => cut(`/EREF/${name}/RTRN/AC04/NAME/AL NOOR`, 65),
    why: 'account-closed',
  },
  'numbered, as a return': {
    entry: 'D10,000NRTINONREF//R1',
    said: (name) => numbered('109?00RUECKLASTSCHRIFT', `EREF+${name}SVWZ+RETURN MD06 WIDERSPRUCH`),
    why: 'payer-took-back',
  },
  'free, as a return': {
    entry: 'D10,000NRTINONREF//R2',
    said: (name) => cut(`REJET PRELEVEMENT ${name} AM04 PROVISION INSUFFISANTE`, 65),
    why: 'insufficient-funds',
  },
  'free, as the reversal of a credit': {
    entry: 'RC10,000NDDTNONREF//R3',
    said: (name) => cut(`RET PRLV ${name} MOTIF: AC06`, 35),
    why: 'account-blocked',
  },
  'free, without a reason': {
    entry: 'D10,000NRTINONREF//R4',
    said: (name) => [`PRELEVEMENT IMPAYE ${name}`],
    why: 'other',
  },
};

t.test('taken back', async (t) => {
  const world = await makeDebitWorld(t);
  const forms = Object.entries(BACK);
  const ids = await debits(world, Object.keys(BACK));
  const lines = forms.flatMap(([, { entry, said }], nth) => {
    const name = endToEndIdOf(ids[nth] ?? '');
    const [first = '', ...rest] = said(name);
    const came = [`:61:2611231123C10,000NDDTNONREF//C${nth}`, `:86:PRELEVEMENT ${name}`];
    return [...came, `:61:2611231123${entry}`, `:86:${first}`, ...rest];
  });
  const { fileId } = await bring(statementParts(world), mt940(1, lines, '0,', '0,'));
  const placed = await linesOf(world.db, fileId);
  await bookAll(world);
  await bookAll(world);
  for (const [nth, [form, { why }]] of forms.entries()) {
    t.equal(placed[2 * nth + 1]?.outcome, 'debit-returned', form);
    t.match(await debitStanding(world, ids[nth] ?? ''), { state: 'returned', why }, form);
  }
});

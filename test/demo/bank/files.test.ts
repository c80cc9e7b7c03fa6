// The demo bank by its folders: what Wasit puts there it answers, and what it answers Wasit's own readers understand.
import fs from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { BankBooks } from '../../../src/demo/bank/bank-books.ts';
import { placesOf, type BankPlaces } from '../../../src/demo/bank/places.ts';
import { workOnFiles } from '../../../src/demo/bank/work-on-files.ts';
import { layFile } from '../../../src/demo/lay-file.ts';
import {
  debitWriter,
  mandateRequestWriter,
  readMandateAnswers,
  readOrderStatus,
  readStatementFile,
} from '../../../src/dialects/index.ts';
import { readAccountNumber } from '../../../src/kernel/bank-account-number.ts';
import type { FiledDebit, MandateRequest } from '../../../src/mandates/debits/index.ts';
import { RIBS } from '../../support/demo-bank.ts';
import { schemaOf } from '../../support/iso-schema.ts';

const OURS = '00000001000000001793';
const creditor = { name: 'Wasit Operator', account: OURS, bank: null };

interface Bank {
  readonly places: BankPlaces;
  /** What it wrote, by the kind of file. */
  day(today: string): Promise<Record<string, Buffer[]>>;
  ask(name: string, bytes: Buffer): Promise<void>;
  /** What its page has. */
  shows(): Promise<readonly { creditorName: string; forWhom: string | null }[]>;
}

function bankOf(t: Test): Bank {
  const dataDir = t.testdir({});
  const places = placesOf(dataDir, 'demo-bank', 'orders');
  return {
    places,
    ask: (name, bytes) => layFile(places.orders, name, bytes),
    async shows() {
      return (await BankBooks.open(dataDir)).debits;
    },
    async day(today) {
      // Opened anew each day: it remembers by its file alone.
      const books = await BankBooks.open(dataDir);
      const said: string[] = [];
      const at = new Date(`${today}T09:00:00Z`);
      const names = await workOnFiles(places, books, { at, today }, (line) => said.push(line));
      const found: Record<string, Buffer[]> = {};
      for (const name of names) {
        const folder = name.startsWith('camt') ? places.statements : places.answers;
        (found[name.slice(0, 7)] ??= []).push(await fs.readFile(path.join(folder, name)));
      }
      return said.length > 0 ? { ...found, said: said.map((line) => Buffer.from(line)) } : found;
    },
  };
}

let nth = 0;
const debit = (account: string): FiledDebit => ({
  endToEndId: `WSTD${String((nth += 1)).padStart(26, '0')}`,
  mandateReference: `mnd_${account}`,
  signedOn: '2026-10-01',
  amount: { minor: 1_250_005n, currency: 'DZD' },
  debtor: { name: 'Maçonnerie Djurdjura', account, bank: null },
  text: '12 chantiers',
});

function debits(messageId: string, collectOn: string, each: readonly FiledDebit[]): Buffer {
  const [first, ...rest] = each;
  if (first === undefined) throw new Error('no debit');
  const createdAt = new Date('2026-11-23T05:30:00Z');
  const file = {
    messageId,
    createdAt,
    creditor,
    ultimateCreditor: 'CACOBATPH',
    creditorSchemeId: null,
    collectOn,
  } as const;
  return Buffer.concat([...debitWriter.pieces({ ...file, sequence: 'RCUR', debits: [first, ...rest] })]);
}

/** What is said of each debit, by all reports of a day. */
async function statuses(reports: readonly Buffer[] = []): Promise<string[]> {
  const said: string[] = [];
  for (const bytes of reports) {
    schemaOf('pain.002.001.11')(t, bytes);
    const read = await readOrderStatus(bytes);
    if (!read.ok) throw new Error(read.reason);
    for (const { orderMessageId, payments } of read.statuses)
      for (const { paymentId, transactions } of payments) {
        t.equal(paymentId, `${orderMessageId}-1`);
        for (const { endToEndId, standing } of transactions)
          said.push(
            [endToEndId, standing.code, ...standing.reasons.map((each) => each.slice(0, 4))].join(' '),
          );
      }
  }
  return said;
}

async function bookings(notices: readonly Buffer[] = []): Promise<object[]> {
  const lines: object[] = [];
  for (const bytes of notices) {
    schemaOf('camt.054.001.08')(t, bytes);
    const parts = readStatementFile(Readable.from([bytes]), { currencyOf: () => undefined });
    for await (const part of parts) {
      if (part.kind === 'statement')
        t.match(part.head, { form: 'notification', account: OURS, currency: 'DZD' });
      if (part.kind !== 'line') continue;
      const { endToEndId, minor, returnReason, counterpartyAccount } = part.line;
      lines.push({ endToEndId, minor, returnReason, counterpartyAccount });
    }
  }
  return lines;
}

t.test('its accounts have the right check digits', async (t) => {
  for (const account of Object.values(RIBS)) t.match(readAccountNumber(account), { kind: 'rib' });
});

t.test('debits are answered at once, and carried out on their day', async (t) => {
  const bank = bankOf(t);
  const of = Object.fromEntries(Object.entries(RIBS).map(([name, rib]) => [name, debit(rib)]));
  const id = (name: string) => of[name]?.endToEndId ?? '';
  await bank.ask('a.xml', debits('WST1', '2026-11-24', Object.values(of)));
  await bank.ask('transfer.xml', Buffer.from('<Document xmlns="pain.001.001.09"/>'));
  const first = await bank.day('2026-11-23');
  t.same((await statuses(first['pain002'])).sort(), [
    ...['pays', 'shortFirst', 'shortSecond', 'closed', 'takesBack'].map((name) => `${id(name)} ACCP`),
    `${id('late')} PDNG`,
    `${id('twice')} ACCP`,
    `${id('twice')} ACCP`,
    `${id('refuses')} ACCP`,
  ]);
  t.same((await fs.readdir(bank.places.orders)).sort(), ['taken', 'transfer.xml'], 'others are left alone');
  t.match(await bank.shows(), [{ creditorName: 'Wasit Operator', forWhom: 'CACOBATPH' }]);
  t.same(await bank.day('2026-11-23'), {}, 'nothing is due');
  const second = await bank.day('2026-11-24');
  t.same((await statuses(second['pain002'])).sort(), [
    `${id('pays')} ACSC`,
    `${id('shortFirst')} RJCT AM04`,
    `${id('shortSecond')} ACSC`,
    `${id('closed')} RJCT AC04`,
    `${id('takesBack')} ACSC`,
    `${id('twice')} ACSC`,
    `${id('twice')} ACSC`,
    `${id('refuses')} RJCT MD01`,
  ]);
  const credit = (name: keyof typeof RIBS) => ({
    endToEndId: id(name),
    minor: 1_250_005n,
    returnReason: null,
    counterpartyAccount: RIBS[name],
  });
  t.same(
    await bookings(second['camt054']),
    (['pays', 'shortSecond', 'takesBack', 'twice'] as const).map(credit),
  );
  const third = await bank.day('2026-11-25');
  t.same(await statuses(third['pain002']), [`${id('late')} ACSC`]);
  t.same(await bookings(third['camt054']), [credit('late')]);
  const fourth = await bank.day('2026-11-26');
  t.same(fourth['pain002'], undefined);
  t.same(await bookings(fourth['camt054']), [
    { ...credit('takesBack'), minor: -1_250_005n, returnReason: 'MD06' },
  ]);
  t.same(await bank.day('2026-12-31'), {}, 'nothing twice');
});

t.test('an account that is short is so in turn; the same file again changes nothing', async (t) => {
  const bank = bankOf(t);
  const said = async (messageId: string, each: readonly FiledDebit[]) => {
    await bank.ask(`${messageId}.xml`, debits(messageId, '2026-11-24', each));
    return (await statuses((await bank.day('2026-11-24'))['pain002'])).map((one) => one.slice(31));
  };
  const [one, other] = [debit(RIBS.shortFirst), debit(RIBS.shortSecond)];
  t.same(await said('WST1', [one, other]), ['ACCP', 'ACCP', 'RJCT AM04', 'ACSC']);
  t.same(await said('WST1', [one, other]), ['ACCP', 'ACCP'], 'known: nothing is carried out twice');
  t.same(await said('WST2', [debit(RIBS.shortFirst), debit(RIBS.shortSecond)]), [
    'ACCP',
    'ACCP',
    'ACSC',
    'RJCT AM04',
  ]);
  t.same(await said('WST3', [debit(RIBS.shortFirst), debit(RIBS.shortSecond)]), [
    'ACCP',
    'ACCP',
    'RJCT AM04',
    'ACSC',
  ]);
});

t.test('mandates are validated, refused with the reason, or left without a word', async (t) => {
  const bank = bankOf(t);
  const request = (account: string): MandateRequest => ({
    requestId: `req_${account}`,
    mandateReference: `mnd_${account}`,
    sequence: 'RCUR',
    collectOnDays: [],
    validFrom: '2026-12-01',
    validUntil: null,
    firstCollectionOn: null,
    finalCollectionOn: null,
    perDebit: { minor: 50_000_000n, currency: 'DZD' },
    signedOn: '2026-11-20',
    creditor,
    ultimateCreditor: null,
    creditorSchemeId: null,
    debtor: { name: 'Amel', account, bank: null },
  });
  const pieces = mandateRequestWriter.pieces({
    messageId: 'WST9',
    createdAt: new Date('2026-11-23T05:30:00Z'),
    sender: 'Wasit',
    requests: [request(RIBS.pays), request(RIBS.refuses), request(RIBS.silent)],
  });
  await bank.ask('m.xml', Buffer.concat([...pieces]));
  await bank.ask('n.xml', Buffer.from('<Document xmlns="pain.009.001.05"><broken></Document>'));
  const { pain012: [answer = Buffer.alloc(0)] = [], said = [] } = await bank.day('2026-11-23');
  schemaOf('pain.012.001.05')(t, answer);
  t.match(await readMandateAnswers(answer), {
    ok: true,
    reports: [
      {
        answers: [
          { requestMessageId: 'WST9', requestId: `req_${RIBS.pays}`, verdict: 'accepted', reasonCode: null },
          { requestId: `req_${RIBS.refuses}`, verdict: 'rejected', reasonCode: 'MD13' },
        ],
      },
    ],
  });
  t.match(said.map(String), [/^n\.xml is not read: .*not well formed/]);
  t.same((await fs.readdir(path.join(bank.places.orders, 'taken'))).sort(), ['m.xml', 'n.xml']);
});

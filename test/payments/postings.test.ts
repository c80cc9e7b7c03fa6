// The journal of every kind of payment, posting by posting, and that its mirror undoes it. Amounts in minor units,
// debit positive; `channel/…` accounts stand with the channel that they belong to.
import t from 'tap';
import { bill, type Order } from '../support/client.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { addBills, addManyBills } from '../support/world.ts';

interface Row {
  readonly given: string;
  readonly by: string;
  readonly order: Order;
  readonly fee: string;
  readonly journal: Record<string, bigint>;
}

const dz = { billerCode: 'dz-social' };
const eg = { billerCode: 'eg-local' };

const ROWS: Row[] = [
  {
    given: 'via operator, the payer’s fee',
    by: 'bank',
    order: { bills: [bill('P0001', '10.000')] },
    fee: '0.200',
    journal: { 'channel/receivable bank': 10_200n, 'biller/payable': -10_000n, 'fees/income': -200n },
  },
  {
    given: 'two bills, one paid over: one fee per payment',
    by: 'bank',
    order: { bills: [bill('P0002', '10.000'), bill('P0003', '12.345')] },
    fee: '0.200',
    journal: { 'channel/receivable bank': 22_545n, 'biller/payable': -22_345n, 'fees/income': -200n },
  },
  {
    given: 'the biller’s fee, at its minimum',
    by: 'bank',
    order: { ...dz, bills: [bill('D1', '1000.00', 'DZD')] },
    fee: '0.00',
    journal: {
      'channel/receivable bank': 100_000n,
      'biller/payable': -100_000n,
      'biller/fees-due': 2_000n,
      'fees/income': -2_000n,
    },
  },
  {
    given: 'no fee',
    by: 'bank',
    order: { ...eg, bills: [bill('E1', '70.00', 'EGP')] },
    fee: '0.00',
    journal: { 'channel/receivable bank': 7_000n, 'biller/payable': -7_000n },
  },
  {
    given: 'a float pays, a fee per bill with its tax, commission',
    by: 'agent',
    order: { bills: [bill('P0004', '10.000'), bill('P0005', '10.000')] },
    fee: '0.460',
    journal: {
      'channel/float agent': 20_460n,
      'biller/payable': -20_000n,
      'fees/income': -400n,
      'fees/tax': -60n,
      'commission/expense': 40n,
      'commission/payable agent': -40n,
    },
  },
  {
    // 0.5 % of 11.111 is 0.055555, with 5 % tax 0.058333: rounded once to 0.058, the payer's half down to 0.029.
    given: 'direct route, a shared fee with tax, commission',
    by: 'transit',
    order: { bills: [bill('ODD', '11.111')] },
    fee: '0.029',
    journal: {
      'channel/receivable transit': 29n,
      'channel/direct transit': 11_111n,
      'biller/direct': -11_111n,
      'biller/fees-due': 29n,
      'fees/income': -55n,
      'fees/tax': -3n,
      'commission/expense': 10n,
      'commission/payable transit': -10n,
    },
  },
  {
    given: 'direct route without fees: the channel owes the operator nothing',
    by: 'transit',
    order: { ...dz, bills: [bill('D2', '1000.00', 'DZD')] },
    fee: '0.00',
    journal: { 'channel/direct transit': 100_000n, 'biller/direct': -100_000n },
  },
  {
    given: 'held cash for a bill that is paid: credit of its payer',
    by: 'bank',
    order: { bills: [bill('P0001', '10.000')], cashHeld: true },
    fee: '0.000',
    journal: { 'channel/receivable bank': 10_000n, 'payer/credit': -10_000n },
  },
  {
    given: 'held cash for a bill that nobody knows: suspense',
    by: 'bank',
    order: { bills: [bill('NONE', '10.000'), bill('P0001', '3.000')], cashHeld: true },
    fee: '0.000',
    journal: { 'channel/receivable bank': 13_000n, 'payer/credit': -3_000n, suspense: -10_000n },
  },
  {
    given: 'held cash on the direct route: the operator holds it, and the channel owes it',
    by: 'transit',
    order: { bills: [bill('P0001', '10.000')], cashHeld: true },
    fee: '0.000',
    journal: { 'channel/receivable transit': 10_000n, 'payer/credit': -10_000n },
  },
];

t.test('postings', async (t) => {
  const world = await startTestWorld(t);
  await addManyBills(world.db, 'om', 'P', 5, '10.000');
  await addBills(world.db, 'om', [{ number: 'ODD', amount: '11.111' }]);
  await addBills(
    world.db,
    'dz',
    ['D1', 'D2'].map((number) => ({ number, amount: '1000.00' })),
  );
  await addBills(world.db, 'eg', [{ number: 'E1', amount: '70.00' }]);

  for (const { given, by, order, fee, journal } of ROWS) {
    await t.test(given, async (t) => {
      const { body, text } = await world.client(by).pay(order);
      t.equal(body?.fee.value, fee, text);
      const [recorded] = await journalsOf(world, body?.paymentId ?? '');
      t.same(recorded?.postings, journal);
      t.equal(recorded?.businessDate, '2026-11-22');
    });
  }

  await t.test('a reversal is the mirror', async (t) => {
    const agent = world.client('agent');
    await addBills(world.db, 'om', [{ number: 'BACK', amount: '10.000' }]);
    const { body } = await agent.pay({ bills: [bill('BACK', '10.000')] });
    t.equal((await agent.reverse(body?.paymentId ?? '', 'R-1')).status, 201);
    const [paid, reversed] = await journalsOf(world, body?.paymentId ?? '');
    t.equal(reversed?.kind, 'reversal');
    t.same(
      reversed?.postings,
      Object.fromEntries(Object.entries(paid?.postings ?? {}).map(([code, minor]) => [code, -minor])),
    );
  });
  t.same(world.faults, []);
});

interface RecordedJournal {
  kind: string;
  businessDate: string;
  postings: Record<string, bigint>;
}

async function journalsOf({ db }: TestWorld, paymentId: string): Promise<RecordedJournal[]> {
  const rows = await db.transaction((tx) =>
    tx.query<{
      journal_id: string;
      kind: string;
      business_date: string;
      code: string;
      channel: string | null;
      amount_minor: bigint;
    }>(
      `select j.journal_id, j.kind, j.business_date, a.code, c.code as channel, p.amount_minor
         from journal j join posting p using (biller_id, journal_id) join account a using (biller_id, account_no)
         left join channel c on c.channel_id = a.channel_id
         join event e on e.biller_id = j.biller_id and e.event_id = j.payment_id
        where e.payload->>'paymentId' = $1 order by j.recorded_at, j.journal_id, p.line`,
      [paymentId],
    ),
  );
  const journals = new Map<string, RecordedJournal>();
  for (const row of rows) {
    const journal = journals.get(row.journal_id) ?? {
      kind: row.kind,
      businessDate: row.business_date,
      postings: {},
    };
    journal.postings[row.channel === null ? row.code : `${row.code} ${row.channel}`] = row.amount_minor;
    journals.set(row.journal_id, journal);
  }
  return [...journals.values()];
}

// Rows of a day as no lane would write them together: every kind of entry, texts that mean harm or need quotes, amounts
// at both ends, instants around a change of the clock. They are written into a transaction that is never committed.
import type { Database, Tx } from '../../../src/platform/db/index.ts';

export const ROWS_DAY = '2026-10-29';
const EARLIER = '2026-10-20';

type Row = Record<string, unknown>;
export type Rows = Record<string, readonly Row[]>;

const id = (n: number): string => `019ab1c2-d3e4-0001-8f00-${n.toString(16).padStart(12, '0')}`;

function payment(n: number, more: Row): Row {
  return {
    payment_id: id(n),
    channel_id: 7,
    reference: `ref-${n}`,
    status: 'accepted',
    receipt_no: (2n ** 60n - BigInt(n) ** 5n).toString(),
    method: 'cash',
    route: 'via-operator',
    amount_minor: 1,
    fee_minor: 0,
    biller_fee_minor: 0,
    tax_minor: 0,
    commission_minor: 0,
    business_date: ROWS_DAY,
    occurred_at: '2026-10-29T08:00:00Z',
    accepted_at: `2026-10-29T${String(8 + n).padStart(2, '0')}:30:59.999999Z`,
    reversible_until: '2026-10-29T12:00:00Z',
    details: { outlet: { kind: 'branch', id: 'MCT-014', branchId: 'b,1' }, payer: { name: 'x' } },
    ...more,
  };
}

function bill(n: number, line: number, more: Row): Row {
  return {
    payment_id: id(n),
    line,
    bill_number: `B-${n}.${line}`,
    bill_revision: 1,
    amount_minor: 125_500,
    penalty_minor: 0,
    ...more,
  };
}

const FEES = { fee_minor: 210, biller_fee_minor: 5, tax_minor: 1_000_000, commission_minor: 99 };
const SPLIT = [
  { line: '4110', minor: 100_000 },
  { line: '4120', minor: 25_499 },
  { line: '4130', minor: 1 },
];

const PAYMENTS: readonly Row[] = [
  payment(1, FEES),
  payment(2, {
    reference: '=cmd|calc',
    details: { outlet: { kind: 'branch', id: '=HYPERLINK("http://x","فرع"),1' } },
  }),
  payment(3, { status: 'credited', details: null, receipt_no: '0', route: 'direct' }),
  payment(4, { ...FEES, status: 'reversed', details: { payer: {} }, accepted_at: '2026-10-29T20:59:59Z' }),
  payment(5, { ...FEES, status: 'reversed', accepted_at: '2026-10-29T21:00:00Z' }),
  payment(6, { business_date: EARLIER, accepted_at: '2026-10-20T10:00:00Z', status: 'reversed' }),
  payment(7, { details: { outlet: { kind: 'kiosk', id: 'a\u2028\\"\t' } } }),
];

const BILLS: readonly Row[] = [
  bill(1, 1, { amount_minor: 999_999_999_999_999, unit: 'north', service: 'dues', budget_line: '4110' }),
  bill(1, 2, { payer_id: 'E-1', budget: SPLIT, unit: '', service: 'الاشتراكات' }),
  bill(2, 1, { bill_number: '+1', payer_id: '-2', amount_minor: 1 }),
  bill(2, 2, { bill_number: 'two\nlines', payer_id: '\rback', amount_minor: 1_000 }),
  bill(2, 3, { bill_number: '\ttab,', payer_id: 'say "so"', amount_minor: 999 }),
  bill(3, 1, { payer_id: '＝1', refusal: 'bill-not-found', amount_minor: 2_147_483_648 }),
  bill(3, 2, { payer_id: '＠"1', amount_minor: 1_000_000_000 }),
  bill(3, 3, { payer_id: '｀1', amount_minor: 999_999_999 }),
  bill(4, 1, { payer_id: '@now', amount_minor: 10 }),
  bill(5, 1, { payer_id: '', amount_minor: 3_250 }),
  bill(5, 2, { payer_id: 'E 5', amount_minor: 50 }),
  bill(6, 1, { payer_id: '－6', amount_minor: 7, budget: SPLIT }),
  bill(7, 1, { payer_id: '\\.', amount_minor: 100 }),
];

const REVERSALS: readonly Row[] = [
  { payment_id: id(4), reference: 'undo-4', reason: '@SUM(A1)', kind: 'reversal' },
  { payment_id: id(5), reference: '-undo', reason: 'wrong payer, "twice"', kind: 'reversal' },
  { payment_id: id(6), reference: 'undo-6', reason: 'بعد الإغلاق', kind: 'adjustment' },
].map((row, n) => ({
  reversal_id: id(60 + n),
  channel_id: 8,
  business_date: ROWS_DAY,
  recorded_at: `2026-10-29T21:0${n}:00.5Z`,
  ...row,
}));

const ADJUSTMENTS: readonly Row[] = [
  { amount_minor: -5, reason: '', payment_id: id(1), unit: 'north' },
  {
    amount_minor: 12_500,
    reason: '＋found',
    channel_id: 8,
    service: 'dues',
    budget_line: '4,110',
    approval_id: id(100),
  },
  {
    amount_minor: -1_234_567_890_123,
    reason: 'of nobody',
    recorded_at: '2027-02-28T23:59:59Z',
    approval_id: id(101),
  },
].map((row, n) => ({
  adjustment_id: id(90 + n),
  kind: 'correction',
  journal_id: id(95 + n),
  business_date: ROWS_DAY,
  recorded_at: '2028-02-29T00:00:00Z',
  ...row,
}));

const APPROVALS: readonly Row[] = [
  { reference: '=C,1', content: { payerId: '+968', amount: {}, reason: '＋found' } },
  { reference: 'C-2', content: { payerId: '', amount: {}, reason: 'of nobody' } },
].map((row, n) => ({
  approval_id: id(100 + n),
  kind: 'credit-remit',
  subject: 'credit/',
  summary: '',
  state: 'accepted',
  steps: 1,
  step: 1,
  round: 1,
  asked_at: '2026-10-29T12:00:00Z',
  ...row,
}));

const ROWS: Rows = {
  payment: PAYMENTS,
  payment_bill: BILLS,
  reversal: REVERSALS,
  rejection: [
    {
      rejection_id: id(80),
      payment_id: id(1),
      reference: 'evt:80',
      reason: 'paid-elsewhere',
      revision: 1,
      amount_minor: 125_500,
      business_date: ROWS_DAY,
      recorded_at: '2026-10-29T23:00:00Z',
    },
  ],
  rejected_bill: [
    { rejection_id: id(80), payment_id: id(1), bill_number: 'B-1.2', payer_id: 'E-1', amount_minor: 125_500 },
  ],
  adjustment: ADJUSTMENTS.map((row) => ({ route: 'via-operator', ...row })),
  approval: APPROVALS,
  journal: [
    {
      journal_id: id(4),
      kind: 'credit',
      payment_id: id(4),
      business_date: ROWS_DAY,
      recorded_at: '2026-10-29T12:00:00Z',
    },
  ],
};

/** What `work` sees of a database whose every transaction is one that is given up in the end. */
export async function withRows(
  db: Database,
  { billerId, currency }: { billerId: number; currency: string },
  work: (database: Database, tx: Tx) => Promise<void>,
): Promise<void> {
  const givenUp = new Error('given up');
  const whole = db.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    await tx.query(
      `insert into channel (channel_id, code, name, kind, funding)
       values (7, 'bank-seven', '{"en":"7"}', 'bank', 'postpaid'), (8, 'bank-eight', '{"en":"8"}', 'bank', 'postpaid')`,
    );
    for (const [table, rows] of Object.entries(ROWS)) {
      const whose = rows.map((row) => ({ ...row, biller_id: billerId, currency }));
      await tx.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`, [
        JSON.stringify(whose),
      ]);
    }
    const database: Database = {
      ...db,
      nodeOf: () => database,
      // What a transaction sets for itself ends with it.
      transaction: async (inner) => {
        await tx.query('savepoint inner_one');
        const result = await inner(tx);
        await tx.query('rollback to savepoint inner_one');
        return result;
      },
    };
    await work(database, tx);
    throw givenUp;
  });
  await whole.catch((error: unknown) => {
    if (error !== givenUp) throw error;
  });
}

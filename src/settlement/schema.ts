// Shapes of settlements at the HTTP edge (api.md, "Agencies"). Answers may gain fields.

import { Type, type Static } from 'typebox';
import { Money } from '../bills/index.ts';
import { DIMENSIONS, REMITTANCE_STATES } from './batch.ts';

const closed = { additionalProperties: false };
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const Count = Type.Integer();

/** Unlike what is paid, what is settled may be less than nothing. */
const Signed = Type.Object(
  {
    value: Type.String({
      pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]{1,4})?$',
      description: "Decimal, with exactly the currency's scale; may be negative.",
    }),
    currency: Money.properties.currency,
  },
  { examples: [{ value: '-12.500', currency: 'OMR' }] },
);

const sums = {
  payments: Type.Integer({ description: 'Accepted, via operator.' }),
  bills: Type.Integer({ description: 'That they and the direct ones paid.' }),
  gross: Signed,
  reversals: Type.Integer({
    description: 'On whatever route, of payments of this day or of one not sealed then.',
  }),
  reversed: Signed,
  adjustments: Type.Integer({
    description:
      'Reversals after the seal of their payment, rejections, and corrections that persons decided.',
  }),
  adjusted: Signed,
  direct: Type.Object(
    { payments: Count, gross: Signed, reversed: Signed, adjusted: Signed },
    { description: "Credited by the bank to the agency's own account: no part of the net." },
  ),
  credited: Type.Object(
    { payments: Count, amount: Signed },
    { description: 'Money that was taken and is kept for payers: no part of the net.' },
  ),
  payerFees: Signed,
  billerFees: Signed,
  taxes: Type.Object(Signed.properties, { description: 'In both fees.' }),
  commissions: Signed,
};

const Totals = Type.Object(sums);

const summary = {
  settlementId: Type.String(),
  billerCode: Type.String(),
  businessDate: Day,
  sealedAt: Instant,
  recordedAt: Instant,
  valueDate: Type.String({ format: 'date', description: 'When the agency is credited.' }),
  totals: Totals,
  feesSettled: Type.Enum(['gross', 'net']),
  feesSetOff: Type.Object(Signed.properties, {
    description: "The biller's fees, where they are settled net.",
  }),
  carriedIn: Type.Object(Signed.properties, {
    description: 'What earlier batches could not set off: not positive.',
  }),
  net: Type.Object(Signed.properties, {
    description: 'gross - reversed + adjusted - feesSetOff + carriedIn.',
  }),
  remitted: Signed,
  carriedOut: Type.Object(Signed.properties, { description: 'Carried into the next batch: not positive.' }),
  digest: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: 'SHA-256 of everything in it and before it (docs/settlement-digest.md).',
  }),
  previousDigest: Type.Union([Type.String(), Type.Null()], { description: "null: the agency's first." }),
};

const remittances = Type.Array(
  Type.Object({
    remittanceId: Type.String(),
    unit: Type.Union([Type.String(), Type.Null()], { description: "Whose account; null: the agency's own." }),
    amount: Money,
    state: Type.Enum([...REMITTANCE_STATES]),
    held: Type.Union([Type.Enum(['approval', 'funding', 'account']), Type.Null()], {
      description: 'Why a planned one may not go yet.',
    }),
    valueDate: Day,
    late: Type.Boolean(),
    endToEndId: Type.String(),
    reason: Type.Union([Type.String(), Type.Null()]),
  }),
  { description: 'As they stand now.' },
);

/** For examples, here and of the documents. */
export const rial = (value: string) => ({ value, currency: 'OMR' });
export const none = rial('0.000');
export const exampleSums = {
  payments: 1840,
  bills: 1902,
  gross: rial('231440.500'),
  reversals: 3,
  reversed: rial('376.500'),
  adjustments: 0,
  adjusted: none,
  direct: { payments: 12, gross: rial('1506.000'), reversed: none, adjusted: none },
  credited: { payments: 1, amount: rial('20.000') },
  payerFees: rial('368.000'),
  billerFees: rial('64.000'),
  taxes: rial('17.280'),
  commissions: rial('210.000'),
};
const exampleSummary = {
  settlementId: 'stl_06fhp0c6dm000g8k2n5v7w9xqz',
  billerCode: 'om-social',
  businessDate: '2026-11-22',
  sealedAt: '2026-11-22T12:00:01.204Z',
  recordedAt: '2026-11-22T12:00:01.911Z',
  valueDate: '2026-11-24',
  totals: exampleSums,
  feesSettled: 'gross',
  feesSetOff: none,
  carriedIn: none,
  net: rial('231064.000'),
  remitted: rial('231064.000'),
  carriedOut: none,
  digest: '9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab',
  previousDigest: null,
};

export const SettlementSummary = Type.Object(summary, { examples: [exampleSummary] });
export type SettlementSummary = Static<typeof SettlementSummary>;

export const SettlementAnswer = Type.Object(
  {
    ...summary,
    splits: Type.Array(
      Type.Object({
        dimension: Type.Enum(DIMENSIONS.filter((each) => each !== 'total')),
        key: Type.String({ description: 'Code of the unit, service, channel …; empty: of none.' }),
        ...sums,
        net: Signed,
      }),
      { description: 'Every column adds up over the keys of each dimension to the totals.' },
    ),
    remittances,
  },
  {
    examples: [
      {
        ...exampleSummary,
        splits: [{ dimension: 'channel', key: 'bank-one', ...exampleSums, net: rial('231064.000') }],
        remittances: [
          {
            remittanceId: 'rmt_06fhp0c6dm000g8k2n5v7w9xqz',
            unit: null,
            amount: rial('231064.000'),
            state: 'planned',
            held: 'approval',
            valueDate: '2026-11-24',
            late: false,
            endToEndId: 'W06FHP0C6DM00080',
            reason: null,
          },
        ],
      },
    ],
  },
);
export type SettlementAnswer = Static<typeof SettlementAnswer>;

export const SettlementList = Type.Object(
  { items: Type.Array(SettlementSummary), next: Type.Union([Type.String(), Type.Null()]) },
  { examples: [{ items: [exampleSummary], next: null }] },
);
export type SettlementList = Static<typeof SettlementList>;

export const SettlementQuery = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date', description: 'The first business date.' })),
    to: Type.Optional(Type.String({ format: 'date', description: 'The last business date.' })),
    after: Type.Optional(Type.String({ format: 'date', description: 'The `next` of the page before.' })),
    order: Type.Optional(
      Type.Enum(['asc', 'desc'], {
        default: 'asc',
        description: '`asc`: the oldest day first. `desc`: the newest first; go on with the same order.',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  closed,
);
export type SettlementQuery = Static<typeof SettlementQuery>;

export const SettlementParams = Type.Object(
  {
    settlementId: Type.String({ maxLength: 64, examples: ['stl_06fhp0c6dm000g8k2n5v7w9xqz'] }),
  },
  closed,
);

// Shape of the totals of a business date.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { Instant, none, orNull, some } from './schema-parts.ts';

const totals = {
  payments: Type.Integer({ description: 'Accepted, on whatever route.' }),
  bills: Type.Integer(),
  gross: Money,
  reversals: Type.Integer(),
  reversed: Money,
  adjusted: Money,
  net: Money,
  direct: Money,
  credited: Money,
  payerFees: Money,
  billerFees: Money,
};
const DailyTotals = Type.Object(totals);
export type DailyTotals = Static<typeof DailyTotals>;
const Keyed = Type.Array(Type.Object({ key: Type.String(), ...totals }));

const exampleTotals = {
  payments: 1,
  bills: 1,
  gross: some,
  reversals: 0,
  reversed: none,
  adjusted: none,
  net: some,
  direct: none,
  credited: none,
  payerFees: none,
  billerFees: none,
};

export const DailyAnswer = Type.Object(
  {
    billerCode: Type.String(),
    date: Type.String(),
    currency: Type.String(),
    asOf: Instant,
    state: Type.Enum(['not-opened', 'open', 'sealed']),
    cutOffAt: orNull(Instant),
    sealedAt: orNull(Instant),
    settlementId: orNull(Type.String()),
    totals: DailyTotals,
    channels: Keyed,
    methods: Keyed,
    units: Keyed,
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        date: '2026-11-22',
        currency: 'OMR',
        asOf: '2026-11-22T08:20:00.000Z',
        state: 'open',
        cutOffAt: '2026-11-22T12:00:00.000Z',
        sealedAt: null,
        settlementId: null,
        totals: exampleTotals,
        channels: [{ key: 'bank-one', ...exampleTotals }],
        methods: [{ key: 'cash', ...exampleTotals }],
        units: [{ key: '', ...exampleTotals }],
      },
    ],
  },
);
export type DailyAnswer = Static<typeof DailyAnswer>;

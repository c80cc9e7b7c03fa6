// Shapes of remittances at the HTTP edge (api.md, "Agencies"). Answers may gain fields.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { REMITTANCE_STATES } from '../batch.ts';

const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const orNull = <T extends ReturnType<typeof Type.String>>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

export const SettlementPath = Type.Object(
  { settlementId: Type.String({ pattern: '^stl_[0-9a-z]{26}$' }) },
  { additionalProperties: false },
);

const Step = Type.Object({
  state: Type.Enum([...REMITTANCE_STATES]),
  at: Instant,
  reason: orNull(Type.String(), 'Why, in words: what holds it, what the bank said.'),
});

const RemittanceAnswer = Type.Object({
  remittanceId: Type.String(),
  unit: orNull(Type.String(), "Whose account; null: the agency's own."),
  attempt: Type.Integer({ description: 'From 1; a next one follows a return or a rejection.' }),
  amount: Money,
  account: orNull(Type.String(), 'Where it goes, masked; null: no account is set.'),
  state: Type.Enum([...REMITTANCE_STATES]),
  held: Type.Union([Type.Enum(['approval', 'funding', 'account']), Type.Null()], {
    description: 'Why it may not go yet.',
  }),
  valueDate: Type.String({ format: 'date', description: 'When the agency is credited.' }),
  late: Type.Boolean({ description: 'Later than was promised for the business date.' }),
  executeOn: orNull(Day, 'When the bank carries it out; null: no account is set.'),
  endToEndId: Type.String({ description: "Stands on the agency's statement." }),
  reason: orNull(Type.String(), 'Why it came back, or how it was proved.'),
  sentAt: orNull(Instant, 'When the bank was given the order.'),
  confirmedAt: orNull(Instant, 'When it was proved.'),
  endedAt: orNull(Instant, 'When it was known to have come back.'),
  steps: Type.Array(Step),
});
export type RemittanceAnswer = Static<typeof RemittanceAnswer>;

export const RemittanceList = Type.Object(
  { items: Type.Array(RemittanceAnswer), next: Type.Null() },
  {
    examples: [
      {
        items: [
          {
            remittanceId: 'rmt_06fhp0c6dm000g8k2n5v7w9xqz',
            unit: null,
            attempt: 1,
            amount: { value: '231064.000', currency: 'OMR' },
            account: 'OM*****************3456',
            state: 'sent',
            held: null,
            valueDate: '2026-11-24',
            late: false,
            executeOn: '2026-11-23',
            endToEndId: 'W4ZK0Q7M1P9X2B30',
            reason: null,
            sentAt: '2026-11-23T04:00:02.115Z',
            confirmedAt: null,
            endedAt: null,
            steps: [
              { state: 'planned', at: '2026-11-22T12:00:04.310Z', reason: 'approval' },
              { state: 'approved', at: '2026-11-22T13:20:41.006Z', reason: null },
              { state: 'sent', at: '2026-11-23T04:00:01.870Z', reason: 'ours-omr_2026-11-23_WST06FHP.xml' },
            ],
          },
        ],
        next: null,
      },
    ],
  },
);
export type RemittanceList = Static<typeof RemittanceList>;

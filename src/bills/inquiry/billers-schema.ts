// Shapes of the list of agencies.

import { Type, type Static } from 'typebox';
import { METHODS, OUTLET_KINDS } from '../../channels/index.ts';
import { Money } from '../schema.ts';

export const BillersQuery = Type.Object(
  {
    method: Type.Optional(
      Type.Enum([...METHODS], { description: 'Only those that the channel may take this for.' }),
    ),
    outletKind: Type.Optional(Type.Enum([...OUTLET_KINDS], { description: 'Only those served there.' })),
    after: Type.Optional(
      Type.String({ minLength: 1, maxLength: 32, description: 'The `next` of the page before.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
);
export type BillersQuery = Static<typeof BillersQuery>;

const ListedBiller = Type.Object({
  billerCode: Type.String(),
  names: Type.Object(
    { ar: Type.Optional(Type.String()), fr: Type.Optional(Type.String()), en: Type.String() },
    { description: 'As payers know it; where a language is missing, the English one.' },
  ),
  currency: Type.String(),
  policy: Type.Enum(['exact', 'at-least', 'between']),
  timeZone: Type.String({ description: 'IANA; as it holds at this moment.' }),
  cutOff: Type.String({ description: 'Local time at which its business date ends.' }),
  limitPerPayment: Type.Optional(
    Type.Object(Money.properties, {
      additionalProperties: false,
      description: 'The most that this channel may take in one payment, fee included; absent: no limit.',
    }),
  ),
});
export type ListedBiller = Static<typeof ListedBiller>;

export const BillersAnswer = Type.Object(
  { items: Type.Array(ListedBiller), next: Type.Union([Type.String(), Type.Null()]) },
  {
    examples: [
      {
        items: [
          {
            billerCode: 'om-social',
            names: { ar: 'صندوق الحماية الاجتماعية', en: 'Social Protection Fund' },
            currency: 'OMR',
            policy: 'at-least',
            timeZone: 'Asia/Muscat',
            cutOff: '16:00',
            limitPerPayment: { value: '5000.000', currency: 'OMR' },
          },
        ],
        next: null,
      },
    ],
  },
);
export type BillersAnswer = Static<typeof BillersAnswer>;

// Shapes of an agency's settings, agreements and holidays as people see them. Answers may gain fields.

import { WRITTEN_LINE } from '../kernel/text-form.ts';
import { Type } from 'typebox';
import { BillerSettingsSchema, NamesSchema } from '../billers/index.ts';
import { TermsSchema } from './check-terms.ts';

const Code = Type.String({ maxLength: 32, pattern: WRITTEN_LINE, examples: ['om-social'] });
const Day = Type.String({ format: 'date', examples: ['2027-03-10'] });
const Instant = Type.String({ format: 'date-time' });
const Named = { code: Type.String(), name: NamesSchema };
const { name: names, ...settings } = BillerSettingsSchema.properties;

export const AgencyParams = Type.Object({ code: Code });
export const HolidayParams = Type.Object({ code: Code, date: Day });

const holiday = {
  onDate: Day,
  name: Type.String(),
  state: Type.Enum(['confirmed', 'tentative', 'struck'], {
    description: 'A tentative one counts until it is struck; a struck one is a working day.',
  }),
};
export const HolidayAnswer = Type.Object(holiday, {
  examples: [{ onDate: '2027-03-10', name: 'Eid al-Fitr', state: 'confirmed' }],
});

const Agreement = Type.Object({
  channelCode: Type.String(),
  channelName: NamesSchema,
  channelStatus: Type.Enum(['active', 'suspended']),
  version: Type.Integer(),
  recordedAt: Type.String({ format: 'date-time', description: 'In force since.' }),
  terms: Type.Union([TermsSchema, Type.Null()], {
    description:
      'Null: it has ended. `commission`, what the operator gives the channel, only to the operator’s people.',
  }),
});

const Account = Type.Object({
  unit: Type.String({ description: 'Empty: the agency’s own.' }),
  version: Type.Integer(),
  holder: Type.String(),
  number: Type.String({ description: 'Masked.' }),
  bic: Type.Union([Type.String(), Type.Null()]),
  paysFrom: Type.String(),
  recordedAt: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
});

export const AgencyAnswer = Type.Object(
  {
    billerCode: Type.String(),
    names,
    ...settings,
    weekend: Type.Array(Type.Integer(), { description: 'ISO weekdays, Monday 1 to Sunday 7.' }),
    cutOffChanges: Type.Optional(
      Type.Array(Type.Object({ fromDate: Day, timeZone: Type.String(), cutOff: Type.String() })),
    ),
    holidays: Type.Array(Type.Object(holiday)),
    units: Type.Array(Type.Object({ ...Named, parent: Type.Optional(Type.String()) })),
    services: Type.Array(Type.Object({ ...Named, budgetLine: Type.Optional(Type.String()) })),
    budgetLines: Type.Array(Type.Object(Named)),
    accounts: Type.Array(Account),
    link: Type.Optional(
      Type.Object({}, { additionalProperties: true, description: 'Of a linked agency; without its secret.' }),
    ),
    agreements: Type.Array(Agreement),
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        names: { ar: 'صندوق الحماية الاجتماعية', en: 'Social Protection Fund' },
        currency: 'OMR',
        kind: 'local',
        policy: 'at-least',
        timeZone: 'Asia/Muscat',
        cutOff: '16:00',
        weekend: [5, 6],
        penalty: [],
        rounding: 'half-up',
        dueMovesForward: false,
        reversalMinutes: 30,
        quoteMinutes: 15,
        remittanceDays: 2,
        feesSettled: 'gross',
        funding: 'guaranteed',
        approveAbove: '0.000',
        creditAlarmDays: 30,
        directProofDays: 3,
        holidays: [{ onDate: '2027-03-10', name: 'Eid al-Fitr', state: 'tentative' }],
        units: [],
        services: [],
        budgetLines: [],
        accounts: [],
        agreements: [
          {
            channelCode: 'bank-one',
            channelName: { en: 'Bank One' },
            channelStatus: 'active',
            version: 1,
            recordedAt: '2026-01-01T00:00:00.000Z',
            terms: {
              route: 'via-operator',
              fees: [{ per: 'payment', bearer: 'payer', flat: '0.200' }],
            },
          },
        ],
      },
    ],
  },
);

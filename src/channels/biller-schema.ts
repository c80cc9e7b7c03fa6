// Shapes of an agency's configuration as people see it.

import { Type } from 'typebox';

const code = Type.String({ maxLength: 32, examples: ['om-social'] });
export const BillerParams = Type.Object({ code });
export const HolidayParams = Type.Object({
  code,
  date: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', examples: ['2026-12-03'] }),
});

const Day = Type.Optional(Type.String({ maxLength: 10, examples: ['2026-11-22'] }));
export const CalendarQuery = Type.Object({ from: Day, to: Day }, { additionalProperties: false });

const names = { ar: 'صندوق الحماية الاجتماعية', en: 'Social Protection Fund' };

export const BillerAnswer = Type.Object(
  {
    code: Type.String(),
    currency: Type.String(),
    timeZone: Type.String(),
    cutOff: Type.String({ description: 'Local, HH:MM.' }),
    weekend: Type.Array(Type.Integer(), { description: 'ISO: Monday is 1.' }),
    holidays: Type.Array(Type.Object({}, { additionalProperties: true })),
    units: Type.Array(Type.Object({}, { additionalProperties: true })),
    services: Type.Array(Type.Object({}, { additionalProperties: true })),
    budgetLines: Type.Array(Type.Object({}, { additionalProperties: true })),
    accounts: Type.Array(Type.Object({}, { additionalProperties: true })),
  },
  {
    additionalProperties: true,
    description: 'With all its settings, as `wasit biller show` prints them.',
    examples: [
      {
        code: 'om-social',
        name: names,
        currency: 'OMR',
        timeZone: 'Asia/Muscat',
        cutOff: '16:00',
        weekend: [5, 6],
        holidays: [],
        units: [],
        services: [],
        budgetLines: [],
        accounts: [],
      },
    ],
  },
);

export const AgreementPage = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        channelCode: Type.String(),
        channelName: Type.Object({}, { additionalProperties: true }),
        version: Type.Integer(),
        recordedAt: Type.String({ format: 'date-time' }),
        terms: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()], {
          description: 'null: it has ended.',
        }),
      }),
    ),
    next: Type.Null(),
  },
  {
    examples: [
      {
        items: [
          {
            channelCode: 'bank-one',
            channelName: { en: 'Bank One' },
            version: 1,
            recordedAt: '2026-11-22T08:00:00.000Z',
            terms: { route: 'via-operator' },
          },
        ],
        next: null,
      },
    ],
  },
);

export const CalendarAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        date: Type.String(),
        weekday: Type.String(),
        day: Type.Enum(['working', 'weekend', 'holiday'], { type: 'string' }),
        holiday: Type.Optional(Type.String({ description: 'A struck one is named and does not count.' })),
        state: Type.Optional(Type.Enum(['tentative', 'confirmed', 'struck'], { type: 'string' })),
        cutOff: Type.String(),
        endsAt: Type.String({ format: 'date-time' }),
      }),
    ),
    next: Type.Null(),
  },
  {
    examples: [
      {
        items: [
          {
            date: '2026-11-22',
            weekday: 'Sunday',
            day: 'working',
            cutOff: '16:00',
            endsAt: '2026-11-22T12:00:00.000Z',
          },
        ],
        next: null,
      },
    ],
  },
);

export const HolidayAnswer = Type.Object(
  { date: Type.String(), state: Type.Enum(['confirmed', 'struck'], { type: 'string' }) },
  { examples: [{ date: '2026-12-03', state: 'confirmed' }] },
);

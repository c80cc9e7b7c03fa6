// Shape of the report of how the service was.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';
import { orNull, some } from './schema-parts.ts';

const Ms = orNull(
  Type.Number({ description: 'Milliseconds that this share of them stayed within; null: there were none.' }),
);
const speed = { count: Type.Integer(), p50Ms: Ms, p95Ms: Ms, p99Ms: Ms };
export const Speed = Type.Object(speed);
export type Speed = Static<typeof Speed>;
const Share = orNull(Type.Number({ minimum: 0, maximum: 1 }));

export const PerformanceAnswer = Type.Object(
  {
    billerCode: Type.String(),
    from: Type.String(),
    to: Type.String(),
    timeZone: Type.String(),
    volumes: Type.Array(
      Type.Object({
        date: Type.String(),
        payments: Type.Integer(),
        amount: Money,
        credited: Type.Integer(),
        reversed: Type.Integer({ description: 'Of the payments of this day, whenever it was.' }),
      }),
    ),
    refusals: Type.Array(
      Type.Object({
        code: Type.String(),
        count: Type.Integer({ description: 'Answers; a refusal that is asked for again counts again.' }),
        failure: Type.Boolean({ description: 'The service failed, nobody was at fault outside.' }),
      }),
    ),
    payments: Speed,
    inquiries: Speed,
    confirmations: Type.Object({
      ...speed,
      aside: Type.Integer({
        description: 'Events that the agency refused at first; their delay is its own.',
      }),
    }),
    availability: Type.Object(
      {
        up: Share,
        answered: Share,
      },
      {
        description:
          'Shares of the minutes in which a gateway lived, and of the answers that were no failure.',
      },
    ),
    hours: Type.Array(
      Type.Object({
        hour: Type.String({ description: 'By the agency’s own clock.' }),
        answers: Type.Integer(),
        failures: Type.Integer(),
        minutesUp: Type.Integer(),
        minutes: Type.Integer({ description: 'Of the hour that had passed.' }),
      }),
    ),
  },
  {
    examples: [
      {
        billerCode: 'om-social',
        from: '2026-11-22',
        to: '2026-11-22',
        timeZone: 'Asia/Muscat',
        volumes: [{ date: '2026-11-22', payments: 1, amount: some, credited: 0, reversed: 0 }],
        refusals: [{ code: 'underpayment', count: 2, failure: false }],
        payments: { count: 3, p50Ms: 4.2, p95Ms: 8.8, p99Ms: 9.8 },
        inquiries: { count: 5, p50Ms: 1.2, p95Ms: 1.9, p99Ms: 2 },
        confirmations: { count: 1, p50Ms: 61, p95Ms: 69, p99Ms: 69.8, aside: 0 },
        availability: { up: 1, answered: 1 },
        hours: [{ hour: '2026-11-22 12:00', answers: 8, failures: 0, minutesUp: 20, minutes: 20 }],
      },
    ],
  },
);
export type PerformanceAnswer = Static<typeof PerformanceAnswer>;

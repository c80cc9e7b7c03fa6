// What a month of debits came to, in answers.

import { Type, type Static } from 'typebox';
import { Money } from '../../bills/index.ts';

const sum = { count: Type.Integer(), amount: Money };
const Sum = (description: string) => Type.Object(sum, { description });
const Words = Type.Union([
  Type.Object({ ar: Type.String(), fr: Type.String(), en: Type.String() }),
  Type.Null(),
]);
const ByReason = (description: string) =>
  Type.Array(Type.Object({ cause: Type.String(), words: Words, ...sum }), { description });

const money = (value: string) => ({ value, currency: 'OMR' });
export const REPORT_EXAMPLE = {
  billerCode: 'om-social',
  month: '2026-11',
  asked: { count: 3, amount: money('425.500') },
  waiting: { count: 0, amount: money('0.000') },
  collected: { count: 2, amount: money('275.500') },
  failed: { count: 1, amount: money('150.000') },
  returned: { count: 0, amount: money('0.000') },
  notAsked: { count: 0, amount: money('0.000') },
  dropped: { count: 0, amount: money('0.000') },
  retries: { count: 0, amount: money('0.000') },
  retriesCollected: { count: 0, amount: money('0.000') },
  failedBy: [
    {
      cause: 'insufficient-funds',
      words: {
        ar: 'رصيد الحساب غير كافٍ.',
        fr: 'Le solde du compte ne suffisait pas.',
        en: 'There was not enough money in the account.',
      },
      count: 1,
      amount: money('150.000'),
    },
  ],
  returnedBy: [],
  droppedBy: [],
  banks: [
    {
      channelCode: 'bank-one',
      asked: { count: 3, amount: money('425.500') },
      collected: { count: 2, amount: money('275.500') },
      failed: { count: 1, amount: money('150.000') },
      returned: { count: 0, amount: money('0.000') },
    },
  ],
};

export const ReportAnswer = Type.Object(
  {
    billerCode: Type.String(),
    month: Type.String({ description: 'Of the days on which they are collected.' }),
    asked: Sum('Sent to banks: waiting + collected + failed + returned.'),
    waiting: Sum('The bank has not answered.'),
    collected: Sum('And not taken back.'),
    failed: Sum('Not carried out.'),
    returned: Sum('Collected, and taken back by the bank.'),
    notAsked: Sum(
      'Planned, held or built: no bank has them yet. Not part of `asked` or of any other figure here; `waits` of each debit says what it waits for.',
    ),
    dropped: Sum('Never sent.'),
    retries: Sum('Of those asked: second and later attempts.'),
    retriesCollected: Sum('Of these: what came in.'),
    failedBy: ByReason('The failed ones, the largest amount first.'),
    returnedBy: ByReason('The returned ones.'),
    droppedBy: ByReason('The dropped ones.'),
    banks: Type.Array(
      Type.Object({
        channelCode: Type.String(),
        asked: Type.Object(sum),
        collected: Type.Object(sum),
        failed: Type.Object(sum),
        returned: Type.Object(sum),
      }),
    ),
  },
  { examples: [REPORT_EXAMPLE] },
);
export type ReportAnswer = Static<typeof ReportAnswer>;

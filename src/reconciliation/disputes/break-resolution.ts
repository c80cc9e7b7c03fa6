// A break ends by a dispute: the operator does not accept what the channel says, and says so, with a time by which it is to
// be decided. What the dispute comes to is its own.

import { Type, type Static } from 'typebox';
import { WRITTEN_TEXT } from '../../kernel/text-form.ts';
import { partReader } from '../../platform/http/index.ts';
import { impossible, type Resolution } from '../breaks/index.ts';
import { REASONS } from './dispute.ts';
import { openDispute, shownDispute } from './open.ts';

const Content = Type.Object(
  {
    reason: Type.Enum([...REASONS], { type: 'string' }),
    words: Type.String({ minLength: 1, maxLength: 2000, pattern: WRITTEN_TEXT }),
  },
  { additionalProperties: false },
);

export const disputing: Resolution<Static<typeof Content>> = {
  name: 'dispute',
  kinds: [
    'missing-here',
    'missing-there',
    'amount-differs',
    'status-differs',
    'duplicate-there',
    'not-credited',
  ],
  of: 'open',
  fits: (it) => it.channelId !== null && it.amountMinor !== 0n,
  read: partReader(Content, ''),

  propose(_tx, it, { reason }) {
    if (it.channelId === null || it.amountMinor === 0n)
      throw impossible('the break is of no channel, or about nothing');
    return Promise.resolve(`a dispute with the channel: ${reason}`);
  },

  async carryOut(tx, { it, content, approval }) {
    const { channelId, billerId, paymentId, breakId, currency, amountMinor } = it;
    if (channelId === null) throw impossible('the break is of no channel');
    const { dispute } = await openDispute(
      tx,
      {
        ...content,
        openedBy: 'break',
        opener: 0,
        reference: breakId,
        channelId,
        billerId,
        paymentId,
        breakId,
        currency,
        amountMinor,
      },
      { staffId: approval.askedBy, client: null },
    );
    return { journals: [], told: { disputeId: shownDispute(dispute) } };
  },
};

// Remittances as a kind of order: files that pay agencies, pain.001 at the bank.

import { lockOpenDays } from '../remittances/index.ts';
import type { OrderKind } from '../../orders/index.ts';
import { applyStatus } from './apply-status.ts';
import { TRANSFER } from './order.ts';
import { billersOfFile, lockOfFile } from './store-sent.ts';
import { tellSent } from './tell-sent.ts';

export const transferKind: OrderKind = {
  kind: TRANSFER,

  async leaveOf(tx, { fileId }) {
    const remittances = await lockOfFile(tx, fileId);
    if (remittances.every(({ state }) => state === 'sent')) return { to: 'go' };
    return { to: 'stays', reason: 'transfers of it have ended before it was handed over' };
  },

  handedOver: (tx, { fileId }, at) => tellSent(tx, fileId, at),

  async lockForAnswer(tx, { fileId }) {
    await lockOpenDays(tx, await billersOfFile(tx, fileId));
  },

  answered: applyStatus,
};

// Who there is: the billers and channels by number and code.

import type { Tx } from '../platform/db/index.ts';

export interface Party {
  id: number;
  code: string;
}
export interface BillerParty extends Party {
  currency: string;
}

export function readBillers(tx: Tx): Promise<BillerParty[]> {
  return tx.query('select biller_id as id, code, currency from biller order by 1');
}

export function readChannels(tx: Tx): Promise<Party[]> {
  return tx.query('select channel_id as id, code from channel order by 1');
}

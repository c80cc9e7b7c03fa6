// Every way in which persons say what a line is. Money on an account of ours is always somebody's, so that it is not offered
// to be none of our business.

import type { Resolutions } from '../../breaks/index.ts';
import { debitCollected } from './debit.ts';
import { deciding } from './decide-line.ts';
import { anotherBooking, sameLine } from './doubt.ts';
import { givingBack } from './give-back.ts';
import { accepting } from './theirs.ts';
import { bankCharge, channelTransfer, remittance, suspense } from './money.ts';

/** For `breakResolutions`. What is a payer's deposit, or takes one back, is the deposits' to say. */
export const lineResolutions: Resolutions = [
  deciding(channelTransfer),
  deciding(bankCharge),
  deciding(remittance),
  deciding(debitCollected),
  deciding(suspense),
  deciding(givingBack),
  deciding(sameLine),
  deciding(anotherBooking),
  deciding(accepting),
];

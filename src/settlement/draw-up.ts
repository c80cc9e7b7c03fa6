// What a day comes to: net, fees set off, what is remitted and what is carried. Pure: sums in, batch out.

import type { FeesSettled } from '../billers/index.ts';
import { DIMENSIONS, type Batch, type Split, type Sums } from './batch.ts';
import type { Tally } from './sums.ts';

export type Drawn = Pick<
  Batch,
  'feesSettled' | 'feesSetOffMinor' | 'carriedInMinor' | 'netMinor' | 'remittedMinor' | 'carriedOutMinor'
> & { readonly splits: readonly Split[] };

/**
 * Fees are set off only where they are settled net; those of a reversal come back. A net that is not positive is
 * remitted to nobody and carried into the next batch. The first split is the total, there also of an empty day.
 */
export function drawUp(tally: Tally, feesSettled: FeesSettled, carriedInMinor: bigint): Drawn {
  const { total } = tally;
  const netMinor = netOf(total, feesSettled) + carriedInMinor;
  return {
    feesSettled,
    feesSetOffMinor: setOff(total, feesSettled),
    carriedInMinor,
    netMinor,
    remittedMinor: netMinor > 0n ? netMinor : 0n,
    carriedOutMinor: netMinor > 0n ? 0n : netMinor,
    splits: DIMENSIONS.flatMap((dimension) =>
      (dimension === 'total' ? [''] : tally.keysOf(dimension)).map((key): Split => {
        const sums = tally.of(dimension, key);
        return { dimension, key, ...sums, netMinor: netOf(sums, feesSettled) };
      }),
    ),
  };
}

function setOff({ billerFeeMinor }: Sums, feesSettled: FeesSettled): bigint {
  return feesSettled === 'net' ? billerFeeMinor : 0n;
}

function netOf(sums: Sums, feesSettled: FeesSettled): bigint {
  return sums.grossMinor - sums.reversedMinor + sums.adjustedMinor - setOff(sums, feesSettled);
}

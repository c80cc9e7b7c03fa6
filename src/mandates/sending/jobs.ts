// What the worker does about debits that go to banks, from time to time: builds what is due, puts it into files, notes what
// banks have. All of it may run on several workers at once, be killed anywhere, and be run again.

import { askHeld } from '../holds/index.ts';
import { buildDebits, MOST_BUILT } from './build-debits.ts';
import { makeDebitFiles } from './make-files.ts';
import { moveDays } from './move-days.ts';
import { reviewDebits } from './review.ts';
import { tellSent } from './tell-sent.ts';
import type { SendParts } from './send-parts.ts';

/** From time to time: what has become of mandates, bills and calendars since debits were planned. */
export function reviewSweep(parts: SendParts): () => Promise<void> {
  return async () => {
    for (const { billerId, code } of parts.directory.current.billersById.values())
      for (const [what, part] of [
        ['moving the days of debits', moveDays],
        ['looking again at debits', reviewDebits],
      ] as const) {
        if (parts.signal?.aborted === true) return;
        await part(parts, billerId).catch((error: unknown) =>
          parts.log.error({ err: error, biller: code }, `${what} failed; it is done again`),
        );
      }
  };
}

/** Some of what is due at each agency, and no more than fits a file. True: there may be more to build. */
export async function buildSome(parts: SendParts): Promise<boolean> {
  let isMore = false;
  const work: Work[] = [...parts.directory.current.billersById.values()].flatMap(({ billerId, code }) => [
    [
      `building debits of ${code}`,
      async () => {
        isMore = (await buildDebits(parts, billerId)) >= MOST_BUILT || isMore;
      },
    ],
    [`asking about debits of ${code}`, () => askHeld(parts.database, billerId)],
  ]);
  await each(parts, work);
  return isMore && parts.signal?.aborted !== true;
}

/** Files of what is built; `onlyFull` while more is built. */
export async function fileSome(parts: SendParts, { onlyFull = false } = {}): Promise<void> {
  const billers = [...parts.directory.current.billersById.values()];
  await each(
    parts,
    billers.map(({ billerId, code }) => [
      `making files of debits of ${code}`,
      () => makeDebitFiles(parts, billerId, { onlyFull }),
    ]),
  );
}

/** What banks have is told. */
export async function tellSome(parts: SendParts): Promise<void> {
  await each(parts, [['noting debits as sent', () => tellSent(parts)]]);
}

type Work = [string, () => Promise<unknown>];

/** One part that fails does not keep the others from their work. */
async function each({ log, signal }: SendParts, work: readonly Work[]): Promise<void> {
  for (const [what, part] of work) {
    if (signal?.aborted === true) return;
    await part().catch((error: unknown) => log.error({ err: error }, `${what} failed; it is done again`));
  }
}

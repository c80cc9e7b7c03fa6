// Whom this machine serves: as the gateway says, and without a line as it last said.

import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../reach/call.ts';
import type { Book, Offer } from './book.ts';
import type { CourierParts } from './courier.ts';

export interface Offers {
  /** undefined: it is not known yet. */
  readonly items: readonly Offer[] | undefined;
  readonly problem: Problem | undefined;
  readonly again: () => void;
}

/** The bills of an agency are paid in cash here. */
export const OFFERS_PATH = '/v1/billers?method=cash&outletKind=kiosk&limit=1000';

const READ_EVERY_MS = 60_000;

export function useOffers(book: Book, ask: CourierParts['ask'] | undefined, isAtStart: boolean): Offers {
  const [items, setItems] = useState<readonly Offer[]>();
  const [problem, setProblem] = useState<Problem>();
  const again = useCallback(() => {
    void ask?.<{ items: readonly Offer[] }>({ path: OFFERS_PATH }).then(async (answer) => {
      if (answer.ok) {
        setItems(answer.body.items);
        setProblem(undefined);
        await book.putOffers(answer.body.items);
      } else {
        const kept = await book.offers();
        setItems((before) => before ?? kept);
        setProblem(answer.problem);
      }
    });
  }, [book, ask]);
  useEffect(() => {
    if (!isAtStart) return;
    again();
    const timer = setInterval(again, READ_EVERY_MS);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, [again, isAtStart]);
  return { items, problem, again };
}

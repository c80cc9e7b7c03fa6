// What a person does about a deposit that lies in suspense, or a credit that nobody could place: it pays a bill, or is a
// payer's credit.

import { Type, type Static } from 'typebox';
import { BillNumber } from '../../bills/index.ts';
import type { Words } from '../../bills/link/index.ts';
import type { Biller } from '../../billers/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { showId } from '../../kernel/ids.ts';
import { partReader } from '../../platform/http/index.ts';
import {
  impossible,
  malformed,
  type Resolution,
  type Resolutions,
  type ResolutionTools,
} from '../breaks/index.ts';
import { isOurs, isSigned, lineOf } from '../statements/index.ts';
import { knowChannel } from './place-deposits.ts';
import { checkPlacing, placeFromBreak, placeFromSuspense, type SuspenseWish } from './place-from-suspense.ts';
import { takingBack } from './take-back.ts';

const Content = Type.Object(
  {
    billerCode: Type.String({ minLength: 1, maxLength: 32 }),
    billNumber: Type.Optional(BillNumber),
    payerId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);
type Content = Static<typeof Content>;

type Placing = Resolution<Content, Words | undefined>;

export function depositResolutions(tools: ResolutionTools): Resolutions {
  return [
    placing(tools, { name: 'place', kinds: ['unplaced-deposit'] }, placeFromSuspense),
    placing(tools, { name: 'deposit', kinds: ['unplaced-line'] }, placeFromBreak),
    takingBack(tools),
  ];
}

function placing(
  tools: ResolutionTools,
  { name, kinds }: Pick<Placing, 'name' | 'kinds'>,
  place: typeof placeFromBreak,
): Placing {
  return {
    name,
    kinds,
    of: 'open',
    fits: (it) => name === 'place' || (isSigned(it, 'credit') && isOurs(it)),
    read: partReader(Content, ''),

    async prepare(_it, { billerCode, billNumber }) {
      await knowChannel(tools);
      const biller = billerOf(tools, billerCode);
      if (biller.link === undefined || billNumber === undefined) return undefined;
      return tools.link.refreshBills(biller, biller.link, [billNumber]);
    },

    async propose(tx, it, content, words) {
      if (!isOurs(it)) throw impossible('the line is on the agency’s own account');
      const to = wishedFor(tools, content);
      const { billerCode, billNumber, payerId } = content;
      const isUnasked =
        billNumber !== undefined && words === undefined && billerOf(tools, billerCode).link !== undefined;
      // What its agency says of the bill is asked again before the decision, and holds then.
      if (!isUnasked)
        await checkPlacing(tx, tools, { ...lineOf(it), to, words }, name === 'place' ? 'suspense' : 'break');
      const what = billNumber === undefined ? `credit of ${payerId}` : `pay ${billNumber}`;
      return `${name === 'place' ? 'out of suspense: ' : ''}${what} of ${billerCode}`;
    },

    async carryOut(tx, { it, content, approval, prepared: words }) {
      const { approvalId } = approval;
      const to = wishedFor(tools, content);
      const matches = await place(tx, tools, { ...lineOf(it), to, approvalId, words });
      const paymentId = matches.find((match) => match.paymentId !== null)?.paymentId ?? null;
      // Its journals are the line's: what a line became is proved by its matches.
      return { journals: [], ...(paymentId !== null && { told: { paymentId: showId('pay', paymentId) } }) };
    },
  };
}

function wishedFor(
  tools: Pick<ResolutionTools, 'directory'>,
  { billerCode, billNumber, payerId }: Content,
): SuspenseWish['to'] {
  const { billerId } = billerOf(tools, billerCode);
  if (billNumber !== undefined && payerId === undefined) return { billerId, billNumber };
  if (payerId !== undefined && billNumber === undefined) return { billerId, payerId };
  throw malformed('', 'name a bill or a payer');
}

function billerOf({ directory }: Pick<ResolutionTools, 'directory'>, billerCode: string): Biller {
  const biller = directory.current.billersByCode.get(billerCode);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode }));
  return biller;
}

// A span of days in the address, and the fields it is chosen by.

import { go, useAddress, withQuery } from '../reach/address.ts';
import { dayHere } from '../words/day-here.ts';
import { useWords } from '../words/words.ts';
import { Field } from './field.tsx';

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Where the address says none: from so many days before today until so many before it; negative: after it. */
export function useSpan(fromBefore: number, toBefore = 0): Span {
  const { query } = useAddress();
  return { from: query.get('from') ?? dayHere(fromBefore), to: query.get('to') ?? dayHere(toBefore) };
}

export function SpanFields({ of }: { of: Span }) {
  const { common } = useWords();
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <>
      <Field label={common.from} type="date" value={of.from} onValue={(from) => choose({ from })} />
      <Field label={common.until} type="date" value={of.to} onValue={(to) => choose({ to })} />
    </>
  );
}

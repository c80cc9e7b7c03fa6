// What a person asks to be done with a payer's credit, read and checked against what is there now. It is checked again
// when it is done.

import { Type, type Static, type TProperties } from 'typebox';
import { CODE } from '../../kernel/code-form.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { formatMinor, money, parseMinor, type Money } from '../../kernel/money.ts';
import { partReader } from '../../platform/http/index.ts';

/** Empty: suspense, money of nobody known. */
export const PAYER_OR_SUSPENSE = `^$|${CODE}`;

const common = {
  payerId: Type.String({ pattern: PAYER_OR_SUSPENSE }),
  amount: Type.Object(
    { value: Type.String({ maxLength: 32 }), currency: Type.String({ minLength: 3, maxLength: 3 }) },
    { additionalProperties: false },
  ),
};

/** A reader of `payerId`, `amount` and `own` fields, and of nothing else. Throws Malformed. */
export function wishOf<P extends TProperties>(
  own: P,
): (content: unknown) => Static<ReturnType<typeof whole<P>>> {
  return partReader(whole(own), '/content');
}

function whole<P extends TProperties>(own: P) {
  return Type.Object({ ...common, ...own }, { additionalProperties: false });
}

/** Above zero, in the credit's currency. Refuses `malformed-request`. */
export function amountOf({ value, currency }: { value: string; currency: string }): Money {
  const minor = parseMinor(value, currency);
  if (minor === undefined || minor === 0n)
    throw malformed('/content/amount', 'an amount above zero with exactly the decimals of its currency');
  return money(minor, currency);
}

export function inWords(payerId: string, { minor, currency }: Money): string {
  return `${formatMinor(minor, currency)} ${currency} of ${payerId === '' ? 'suspense' : `the credit of ${payerId}`}`;
}

export function malformed(pointer: string, detail: string): Refused {
  return new Refused(refuse('malformed-request', undefined, { errors: [{ pointer, detail }] }));
}

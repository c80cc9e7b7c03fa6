// Who holds an account and at which bank, as orders say it: a name and a BIC that ISO 20022 takes. The account's number
// is read by the kernel.

/** ISO 9362 as ISO 20022 has it since 2014. */
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const LONGEST_HOLDER = 140;

export function isBic(text: string): boolean {
  return BIC.test(text);
}

/** undefined: it will do. ISO 20022 takes 140 characters of a name. */
export function holderFault(holder: string): string | undefined {
  const isName = holder.trim() === holder && holder !== '' && holder.length <= LONGEST_HOLDER;
  return isName && !/\p{Cc}/u.test(holder) ? undefined : 'the holder is a name of 1 to 140 characters';
}

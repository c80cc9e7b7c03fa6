// What makes two requests under one reference "the same" (api.md, "One reference, one answer"): billerCode, the
// set of (billNumber, amount) and method. Kept as readable text, so that a difference can be named field by field.

export interface Identity {
  readonly billerId: number;
  readonly method: string;
  readonly items: readonly { billNumber: string; amountMinor: bigint; currency: string }[];
}

/** `<biller> <method> <bill>=<minor><currency> …`, bills sorted. Neither part can contain a space. */
export function fingerprintOf(identity: Identity): string {
  const items = identity.items.map((item) => `${item.billNumber}=${item.amountMinor}${item.currency}`);
  return [identity.billerId, identity.method, ...items.sort()].join(' ');
}

/** The first field that differs, by the name it has in the request; undefined when the two are the same. */
export function differingField(
  recorded: string,
  now: string,
): 'billerCode' | 'method' | 'billNumber' | 'amount' | undefined {
  if (recorded === now) return undefined;
  const [billerA, methodA, ...itemsA] = recorded.split(' ');
  const [billerB, methodB, ...itemsB] = now.split(' ');
  if (billerA !== billerB) return 'billerCode';
  if (methodA !== methodB) return 'method';
  const numberOf = (item: string): string => item.slice(0, item.lastIndexOf('='));
  const sameBills =
    itemsA.length === itemsB.length &&
    itemsA.every((item, i) => numberOf(item) === numberOf(itemsB[i] ?? ''));
  return sameBills ? 'amount' : 'billNumber';
}

// What somebody says about a request, as it is kept, shown and audited: whole account numbers are masked, for everybody who
// sees the request reads it.

import { maskAccountsIn } from '../kernel/mask-accounts.ts';

/** IBANs and RIBs whose check digits fit; nothing of a comment that has none is changed. */
export function keptComment(text: string): string;
export function keptComment(text: string | undefined): string | undefined;
export function keptComment(text: string | undefined): string | undefined {
  return text === undefined ? undefined : maskAccountsIn(text, '');
}

// A bill whose content has passed every check, ready to be written. Amounts are minor units of the biller's
// currency; structured parts are JSON text in one canonical order, so that equal contents have equal hashes.

import { hash } from 'node:crypto';
import type { BusinessDate } from '../kernel/business-date.ts';

export interface BillContent {
  readonly payerId: string;
  readonly payerName: string;
  readonly description: string;
  /** null: an open amount between `minMinor` and `maxMinor`. */
  readonly amountMinor: bigint | null;
  readonly minMinor: bigint | null;
  readonly maxMinor: bigint | null;
  readonly stepMinor: bigint | null;
  readonly dueOn: BusinessDate;
  readonly expiresOn: BusinessDate | null;
  readonly penaltyJson: string | null;
  readonly linesJson: string | null;
  readonly budgetLine: string | null;
  readonly unit: string | null;
  readonly service: string | null;
  readonly contactJson: string | null;
}

export interface CheckedBill extends BillContent {
  readonly billNumber: string;
  readonly version: bigint | null;
  /** Of the content alone, by `hashContent`; filled in once the rest stands. */
  contentHash: string;
}

/** No text of a bill can hold it: control characters are refused. */
const SEPARATOR = '\u001f';

/** The first 16 bytes of the SHA-256 of the content, hexadecimal; number and version are no content. */
export function hashContent(c: BillContent): string {
  const text =
    c.payerId +
    SEPARATOR +
    c.payerName +
    SEPARATOR +
    c.description +
    SEPARATOR +
    (c.amountMinor ?? '') +
    SEPARATOR +
    (c.minMinor ?? '') +
    SEPARATOR +
    (c.maxMinor ?? '') +
    SEPARATOR +
    (c.stepMinor ?? '') +
    SEPARATOR +
    c.dueOn +
    SEPARATOR +
    (c.expiresOn ?? '') +
    SEPARATOR +
    (c.penaltyJson ?? '') +
    SEPARATOR +
    (c.linesJson ?? '') +
    SEPARATOR +
    (c.budgetLine ?? '') +
    SEPARATOR +
    (c.unit ?? '') +
    SEPARATOR +
    (c.service ?? '') +
    SEPARATOR +
    (c.contactJson ?? '');
  return hash('sha256', text, 'hex').slice(0, 32);
}

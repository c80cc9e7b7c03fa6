// A quote is a promise that is kept nowhere: everything it says travels in a signed token (api.md, `quoteId`), so
// inquiries write no row. Who reads one must still check channel, biller, bill, revision and `validUntil`.

import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { BusinessDate } from '../kernel/business-date.ts';

export interface Quote {
  readonly billerId: number;
  readonly channelId: number;
  readonly billNumber: string;
  /** The bill's content that was quoted: another revision is another bill. */
  readonly revision: number;
  /** Penalty included; null for an open amount. */
  readonly dueMinor: bigint | null;
  readonly penaltyMinor: bigint;
  /** The date that the penalty was computed for. */
  readonly paidOn: BusinessDate;
  /** Milliseconds since 1970; whose agreement version holds for the fee. */
  readonly quotedAt: number;
  readonly validUntil: number;
}

// Layout, big-endian: version 1 · biller 2 · channel 3 · revision 4 · due 8 (-1: open) · penalty 8 · quotedAt 6 ·
// validUntil 6 · paidOn 10 (text) · bill number (UTF-8, the rest) · HMAC-SHA-256 of all that, cut to 16.
const VERSION = 1;
const FIXED = 48;
const MAC = 16;
const LONGEST = 512;

/** The token: URL-safe text of 171 characters for a bill number of 64. Refuses (RangeError) ids out of their range. */
export function signQuote(key: KeyObject | Buffer, quote: Quote): string {
  const end = FIXED + Buffer.byteLength(quote.billNumber);
  const bytes = Buffer.allocUnsafe(end + MAC);
  bytes[0] = VERSION;
  bytes.writeUInt16BE(quote.billerId, 1);
  bytes.writeUIntBE(quote.channelId, 3, 3);
  bytes.writeUInt32BE(quote.revision, 6);
  bytes.writeBigInt64BE(quote.dueMinor ?? -1n, 10);
  bytes.writeBigInt64BE(quote.penaltyMinor, 18);
  bytes.writeUIntBE(quote.quotedAt, 26, 6);
  bytes.writeUIntBE(quote.validUntil, 32, 6);
  bytes.write(quote.paidOn, 38, 10, 'latin1');
  bytes.write(quote.billNumber, FIXED, 'utf8');
  macOf(key, bytes.subarray(0, end)).copy(bytes, end, 0, MAC);
  return bytes.toString('base64url');
}

/** What the token says, or undefined for one that `key` did not sign or whose text was touched anywhere. */
export function openQuote(key: KeyObject | Buffer, token: string): Quote | undefined {
  if (token.length > LONGEST) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const end = bytes.length - MAC;
  if (end <= FIXED || bytes[0] !== VERSION) return undefined;
  const mac = macOf(key, bytes.subarray(0, end));
  if (!timingSafeEqual(mac.subarray(0, MAC), bytes.subarray(end))) return undefined;
  // The decoder forgives strange characters and spare bits, so only the text that we would write is ours.
  if (bytes.toString('base64url') !== token) return undefined;
  const dueMinor = bytes.readBigInt64BE(10);
  return {
    billerId: bytes.readUInt16BE(1),
    channelId: bytes.readUIntBE(3, 3),
    billNumber: bytes.toString('utf8', FIXED, end),
    revision: bytes.readUInt32BE(6),
    dueMinor: dueMinor < 0n ? null : dueMinor,
    penaltyMinor: bytes.readBigInt64BE(18),
    paidOn: bytes.toString('latin1', 38, 48),
    quotedAt: bytes.readUIntBE(26, 6),
    validUntil: bytes.readUIntBE(32, 6),
  };
}

function macOf(key: KeyObject | Buffer, bytes: Buffer): Buffer {
  return createHmac('sha256', key).update(bytes).digest();
}

// What was sent under a reference, field by field, as keyed hashes: whether a repetition says the same can be told, and where
// it differs, without keeping an account's number in clear.

import { createHmac, hkdfSync } from 'node:crypto';

/** Hex by field. */
export type Fingerprint = Readonly<Record<string, string>>;

export function fingerprintOf(masterKey: Buffer, fields: Readonly<Record<string, unknown>>): Fingerprint {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'wasit mandate fingerprint 1', 32));
  const hashed = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => {
      const text = `${field}:${JSON.stringify(sorted(value))}`;
      return [field, createHmac('sha256', key).update(text).digest('hex').slice(0, 32)] as const;
    });
  return Object.fromEntries(hashed);
}

/** The first field that is not the same, or is there only once; undefined: the same was sent. */
export function differingField(earlier: Fingerprint, now: Fingerprint): string | undefined {
  return [...new Set([...Object.keys(now), ...Object.keys(earlier)])].find(
    (field) => earlier[field] !== now[field],
  );
}

/** The order of keys says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

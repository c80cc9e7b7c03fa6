// Codes of an authenticator (RFC 6238): SHA-1, six digits, thirty seconds, which every authenticator knows. One step of
// drift is let pass on each side, for the clock of a telephone.

import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
const DRIFT_STEPS = 1;
export const SECRET_BYTES = 20;

/** For the authenticator: the secret to be typed, and the address to be shown as a QR code. */
export function shownSecret(secret: Buffer, login: string): { secret: string; uri: string } {
  const totp = totpOf(secret, login);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** Which step's code it is, of the one of `at` and those beside it; undefined: of none. */
export function stepOf(secret: Buffer, code: string, at: Date): bigint | undefined {
  const timestamp = at.getTime();
  const drift = totpOf(secret, '').validate({ token: code, timestamp, window: DRIFT_STEPS });
  if (drift === null) return undefined;
  return BigInt(TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + drift);
}

function totpOf(secret: Buffer, label: string): TOTP {
  return new TOTP({
    issuer: 'Wasit',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });
}

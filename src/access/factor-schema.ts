// What the routes of second factors take and answer.

import { Type } from 'typebox';

/** Six digits of the authenticator, or a recovery code. */
export const Code = Type.String({
  minLength: 6,
  maxLength: 64,
  description: 'Six digits of the authenticator, or one of the recovery codes.',
  examples: ['287082'],
});

export const FactorState = Type.Object(
  {
    active: Type.Boolean({ description: 'Signing in with a password needs a code.' }),
    required: Type.Boolean({ description: 'By the operator: without one nothing else may be done.' }),
    recoveryCodesLeft: Type.Integer({ minimum: 0 }),
  },
  { examples: [{ active: true, required: false, recoveryCodesLeft: 9 }] },
);

const exampleSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

export const Enrolment = Type.Object(
  {
    secret: Type.String({ description: 'Base32, to be typed. Shown once.', examples: [exampleSecret] }),
    uri: Type.String({ description: 'The same as an address, to be shown as a QR code.' }),
  },
  {
    examples: [
      {
        secret: exampleSecret,
        uri: `otpauth://totp/Wasit:a.salim?issuer=Wasit&secret=${exampleSecret}&algorithm=SHA1&digits=6&period=30`,
      },
    ],
  },
);

export const ConfirmBody = Type.Object(
  { code: Code },
  { additionalProperties: false, examples: [{ code: '287082' }] },
);

export const Confirmed = Type.Object(
  { recoveryCodes: Type.Array(Type.String(), { description: 'Each good for one sign-in. Shown once.' }) },
  { examples: [{ recoveryCodes: ['kd8fh-2mnpq-r5tvw-x9yzb'] }] },
);

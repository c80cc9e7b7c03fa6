// Where at SFTP a bank puts files for us, as a setting says it; the account is the one by which orders go out.

import { Type, type Static } from 'typebox';

export const PickupSchema = Type.Object(
  {
    way: Type.Literal('sftp'),
    /** There, relative to where the account begins. */
    folder: Type.String({ minLength: 1, maxLength: 1000 }),
    /** Which of the files there, `*` for anything, in capitals or not; left out: all. */
    names: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 20 }),
    ),
  },
  { additionalProperties: false },
);
export type Pickup = Static<typeof PickupSchema>;

export function isMeant({ names = ['*'] }: Pickup, name: string): boolean {
  return names.some((pattern) => {
    const parts = pattern.split(/\*+/).map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 'isu').test(name);
  });
}

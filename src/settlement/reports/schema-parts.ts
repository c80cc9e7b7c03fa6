// What the shapes of all reports are made of.

import { Type } from 'typebox';

export const Instant = Type.String({ format: 'date-time' });
export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

/** For examples. */
export const none = { value: '0.000', currency: 'OMR' };
export const some = { value: '125.500', currency: 'OMR' };

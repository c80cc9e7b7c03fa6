// The parameter by which the operator's people say whose day they mean.

import { Type } from 'typebox';
import { CODE } from '../../kernel/code-form.ts';

export const OfChannel = {
  channel: Type.Optional(
    Type.String({
      pattern: CODE,
      maxLength: 32,
      description: 'Whose, where the operator’s people ask.',
      examples: ['bank-one'],
    }),
  ),
};

// What a debit at the payer's word is asked for with, and what a bank says of a debit later.

import { Type, type Static } from 'typebox';
import { BillNumber } from '../../bills/index.ts';
import { WRITTEN_LINE } from '../../kernel/text-form.ts';

const closed = { additionalProperties: false };

/** Of one debit. */
export const MOST_BILLS_ASKED = 500;

export const DemandBody = Type.Object(
  {
    reference: Type.String({ pattern: '^[A-Za-z0-9._:-]{1,64}$', examples: ['DEB-2026-0042'] }),
    mandateId: Type.String({ maxLength: 64, examples: ['mnd_06fhp0c6dm000g8k2n5v7w9xqz'] }),
    bills: Type.Optional(
      Type.Array(BillNumber, {
        minItems: 1,
        maxItems: MOST_BILLS_ASKED,
        uniqueItems: true,
        description:
          'Absent: all open bills under the mandate that no other debit is collecting, the oldest due first.',
      }),
    ),
  },
  {
    ...closed,
    examples: [
      {
        reference: 'DEB-2026-0042',
        mandateId: 'mnd_06fhp0c6dm000g8k2n5v7w9xqz',
        bills: ['OM-2026-000417', 'OM-2026-000418'],
      },
    ],
  },
);
export type DemandBody = Static<typeof DemandBody>;

export const OutcomeBody = Type.Object(
  {
    outcome: Type.Enum(['accepted', 'collected', 'refused', 'returned'], {
      type: 'string',
      description:
        '`accepted`: it will be carried out. `collected`: the money is there. `refused`: it was not carried out. `returned`: what was collected went back.',
    }),
    code: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,34}$',
        description: 'Why it is refused or returned: of ISO 20022, or your own.',
        examples: ['AM04'],
      }),
    ),
    text: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, pattern: WRITTEN_LINE, examples: ['solde insuffisant'] }),
    ),
    bankReference: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, pattern: WRITTEN_LINE, examples: ['B1-DBT-99120'] }),
    ),
  },
  { ...closed, examples: [{ outcome: 'refused', code: 'AM04', text: 'solde insuffisant' }] },
);
export type OutcomeBody = Static<typeof OutcomeBody>;

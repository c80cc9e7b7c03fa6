// Money of a debit whose line does not name it, or names it wrongly: persons say which one it is. From there all goes as with a line
// that names it: the money is its bank's, its bank has said that it is settled, and its bills are paid by the worker, on the
// bank's channel under the debit's own reference.

import { Type, type Static } from 'typebox';
import { parseId } from '../../../kernel/ids.ts';
import { WRITTEN_LINE } from '../../../kernel/text-form.ts';
import { endToEndIdOf } from '../../../mandates/debits/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible, malformed } from '../../breaks/index.ts';
import { leaveSuspense } from '../book-lines.ts';
import { noteDebitWords, receiveMoney } from '../place-debits.ts';
import { ofDebit } from '../plan-debit.ts';
import { debitsNamed } from '../store-debits.ts';
import type { WaitingLine } from '../waiting-line.ts';
import { undecided, whyOf, type Way } from './decide-line.ts';
import { shown } from './money.ts';

const Debit = Type.Object(
  { debitId: Type.String({ minLength: 1, maxLength: 64, pattern: WRITTEN_LINE }) },
  { additionalProperties: false },
);
type Named = Static<typeof Debit>;

export const debitCollected: Way<Named> = {
  name: 'debit',
  kinds: ['unplaced-line', 'unplaced-deposit'],
  sign: 'credit',
  read: partReader(Debit, ''),

  async says(tx, { it, line, content }) {
    await planned(tx, line, content);
    const from = undecided(it) === 'suspense' ? 'out of suspense, ' : '';
    return `${from}the money of debit ${content.debitId}, whose bills it pays: ${shown(line)}`;
  },

  async place(tx, { it, line, content, notes, entries }) {
    const plan = await planned(tx, line, content);
    if (undecided(it) === 'suspense') leaveSuspense(line, entries, notes);
    await receiveMoney(tx, [], [{ line, plan }], entries, notes);
    await noteDebitWords(tx, [{ line, plan }], [], notes.at);
  },
};

/** By the rules of any line that names it: account and amount fit, its bank has it and has not refused it, no other line has credited it. */
async function planned(tx: Tx, line: WaitingLine, { debitId: shownId }: Named) {
  const debitId = parseId('dbt', shownId);
  const name = debitId === undefined ? '' : endToEndIdOf(debitId);
  const debit = debitId === undefined ? undefined : (await debitsNamed(tx, [{ name, debitId }])).get(name);
  if (debit === undefined) throw malformed('/debitId', 'there is no such debit');
  if (line.amountMinor < 0n) throw impossible('money that left collects no debit');
  const plan = ofDebit(line, debit, { credited: new Set(), returned: new Set() });
  if (plan.kind === 'break') throw impossible(whyOf(plan.ours));
  if (plan.kind !== 'debit') throw impossible('the debit is not with its bank yet');
  return plan;
}

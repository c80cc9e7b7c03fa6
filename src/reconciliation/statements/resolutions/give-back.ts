// A debit that nobody could place is money out of suspense, sent back to whom it came from.

import { Type, type Static } from 'typebox';
import { parseId } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible, malformed } from '../../breaks/index.ts';
import { reverseLines } from '../book-lines.ts';
import type { OriginalFact } from '../facts.ts';
import { findSuspended } from '../store-placed.ts';
import type { WaitingLine } from '../waiting-line.ts';
import type { Way } from './decide-line.ts';
import { shown } from './money.ts';

const Content = Type.Object(
  /** The break of the deposit that lies in suspense. */
  { deposit: Type.String({ minLength: 1, maxLength: 64 }) },
  { additionalProperties: false },
);
type Content = Static<typeof Content>;

export const givingBack: Way<Content> = {
  name: 'give-back',
  kinds: ['unplaced-line'],
  sign: 'debit',
  read: partReader(Content, ''),

  async says(tx, { line, content }) {
    await original(tx, line, content);
    return `out of suspense: ${shown(line)} sent back to whom it came from`;
  },

  async place(tx, { line, content, notes, entries }) {
    const plan = { kind: 'reversed', original: await original(tx, line, content) } as const;
    await reverseLines(tx, [{ line, plan }], entries, notes);
  },
};

async function original(tx: Tx, line: WaitingLine, { deposit }: Content): Promise<OriginalFact> {
  const id = parseId('brk', deposit);
  const found = id === undefined ? undefined : await findSuspended(tx, id);
  if (found === undefined) throw malformed('/deposit', 'no deposit lies in suspense by this break');
  if (found.accountId !== line.accountId) throw impossible('the deposit came into another account');
  if (found.amountMinor !== -line.amountMinor) throw impossible('the deposit is of another amount');
  const { statementId, line: number } = found;
  return { statementId, line: number, outcome: 'suspense', isTakenBack: false, channelId: null };
}

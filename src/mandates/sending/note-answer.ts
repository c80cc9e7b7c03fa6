// Notes what a bank answers about a file of debits: for each debit that it names, or that its word for all covers.

import {
  outcomeOf,
  weighWords,
  type Answered,
  type OrderFile,
  type Said,
  type Standing,
} from '../../orders/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  endToEndIdOf,
  noteWords,
  reasonOf,
  type DebitRef,
  type DebitWord,
  type WordVerdict,
} from '../debits/index.ts';
import { countRejected, debitsOfFile } from './store-file.ts';

const SAYS: Readonly<Partial<Record<Standing['verdict'], WordVerdict>>> = {
  accepted: 'accepted',
  settled: 'settled',
  rejected: 'rejected',
};

/** The file is locked; locks its debits. */
export async function noteAnswer(tx: Tx, file: OrderFile, { statuses, at }: Said): Promise<Answered> {
  const debits = await debitsOfFile(tx, file.fileId);
  const said = weighWords(file.messageId, statuses);
  const ids = new Set<string>();
  const words: DebitWord[] = [];
  const conflicts: string[] = [];
  let undecided = 0;
  for (const debit of debits) {
    const id = endToEndIdOf(debit.debitId);
    ids.add(id);
    const standing = said.of(id);
    if (standing === null) continue;
    if (standing === 'contradiction') {
      conflicts.push(id);
      continue;
    }
    const word = wordOf(debit, standing, file.messageId);
    if (word === undefined) undecided += 1;
    else words.push(word);
  }
  const noted = await noteWords(tx, words, at);
  const tally = { accepted: 0, rejected: 0 };
  words.forEach(({ debitId, verdict }, nth) => {
    if (noted[nth] === 'conflict') conflicts.push(endToEndIdOf(debitId));
    else tally[verdict === 'rejected' ? 'rejected' : 'accepted'] += 1;
  });
  const unknown = [...said.unknown, ...[...said.named].filter((id) => !ids.has(id))];
  return {
    outcome: outcomeOf({ ...tally, undecided, unknown, conflicts }),
    rejected: await countRejected(tx, file.fileId),
  };
}

/** undefined: the bank has not decided. */
function wordOf(
  { billerId, debitId }: DebitRef,
  { verdict, reasons }: Standing,
  source: string,
): DebitWord | undefined {
  const says = SAYS[verdict];
  if (says === undefined) return undefined;
  const isNo = says === 'rejected';
  return {
    billerId,
    debitId,
    verdict: says,
    code: isNo ? reasonOf(reasons).code : null,
    text: isNo && reasons.length > 0 ? reasons.join('; ') : null,
    bankReference: null,
    source,
  };
}

// Whether a doubtful line is the booking that another one has said, alone or in parts, or another of the same day and
// amount.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Json } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible } from '../../breaks/index.ts';
import { findAlike, putBack, type Alike } from '../store-broken.ts';
import { insertMatches } from '../store-lot.ts';
import { findParts, repeatParts, sumOf, type Parts } from '../store-sum-doubt.ts';
import type { WaitingLine } from '../waiting-line.ts';
import type { Way } from './decide-line.ts';

const KINDS = ['doubtful-line'] as const;
const Nothing = Type.Object({}, { additionalProperties: false });
type Nothing = Static<typeof Nothing>;

/** Before whatever the line will be found to be. */
const ANSWER = -1;

export const sameLine: Way<Nothing> = {
  name: 'same-line',
  kinds: KINDS,
  on: 'any',
  read: partReader(Nothing, ''),

  async says(tx, { it, line }) {
    const named = nameOf(it.ours);
    if (named?.entry !== undefined) {
      const { lines } = await partsOf(tx, named, line);
      return `it is the sum of ${lines.length} lines that were said before; nothing is booked`;
    }
    await alikeOf(tx, named, line);
    return named?.partsOf === undefined
      ? 'it is the booking that was said before; nothing is booked'
      : 'it and the other parts of its booking are the sum that was said before; nothing is booked';
  },

  async place(tx, { it, line, notes, approval }) {
    const named = nameOf(it.ours);
    if (named?.entry !== undefined) {
      const { lines, claims } = await partsOf(tx, named, line);
      const { statementId: subjectId } = named;
      const kind = kindOf({ claims });
      const parts = lines.map((part) => ({
        kind,
        subjectId,
        subjectLine: part.line,
        amountMinor: part.minor,
      }));
      return notes.place(line, 'repeated', ...parts);
    }
    const alike = await alikeOf(tx, named, line);
    const said = { kind: kindOf(alike), subjectId: alike.statementId, subjectLine: alike.line };
    notes.place(line, 'repeated', said);
    if (named?.partsOf === undefined) return;
    const kind = alike.claims ? 'part-of' : said.kind;
    const { approvalId } = approval;
    const { at } = notes;
    const others = await repeatParts(tx, line, named.partsOf, { ...said, kind, approvalId, at });
    if (others + 1 !== named.lines) throw impossible('another part of the booking is something else by now');
  },
};

export const anotherBooking: Way<Nothing> = {
  name: 'another-booking',
  kinds: KINDS,
  on: 'any',
  read: partReader(Nothing, ''),
  says: () => Promise.resolve('it is another booking: the line waits to be placed like others'),

  async place(tx, { it, line, notes, approval }) {
    const alike = nameOf(it.ours);
    const { billerId } = line;
    const answer = {
      line: line.line,
      part: ANSWER,
      kind: 'another-booking',
      billerId: billerId ?? 0,
      channelId: null,
      subjectId: alike?.statementId ?? null,
      subjectLine: alike?.line ?? null,
      amountMinor: 0n,
      journalId: null,
      approvalId: approval.approvalId,
    };
    await insertMatches(tx, line.statementId, [answer], notes.at);
    await putBack(tx, line);
  },
};

/** The line that it may be; `entry`: that and all beside it in its booking; `partsOf`: with all beside it in its own. */
interface Named {
  readonly statementId: string;
  readonly line: number;
  readonly entry?: number;
  readonly partsOf?: number;
  readonly lines?: number;
}

/** Refuses `approval-impossible` when the other line is not there any more to be the same as. */
async function alikeOf(tx: Tx, named: Named | undefined, line: WaitingLine): Promise<Alike> {
  const sum = named?.partsOf === undefined ? undefined : await sumOf(tx, line.statementId, named.partsOf);
  const alike = named && (await findAlike(tx, line, named, sum));
  if (alike === undefined) throw impossible('there is no line that it could be the same as');
  if (alike.outcome === 'repeated') throw impossible('the other line is itself said by another');
  if (alike.isTaken) throw impossible('another line is that booking by now');
  return alike;
}

async function partsOf(tx: Tx, { statementId, entry = 0 }: Named, line: WaitingLine): Promise<Parts> {
  const parts = await findParts(tx, line, { statementId, entry });
  if (parts === undefined)
    throw impossible('the parts that it could be the sum of are something else by now');
  return parts;
}

/** What was told early is claimed, once for all. */
function kindOf({ claims }: { claims: boolean }): string {
  return claims ? 'claims' : 'repeats';
}

const said = Compile(
  Type.Object({
    alike: Type.Object({
      statementId: Type.String(),
      line: Type.Integer(),
      entry: Type.Optional(Type.Integer()),
      partsOf: Type.Optional(Type.Integer()),
      lines: Type.Optional(Type.Integer()),
    }),
  }),
);

function nameOf(ours: Json): Named | undefined {
  return said.Check(ours) ? ours.alike : undefined;
}

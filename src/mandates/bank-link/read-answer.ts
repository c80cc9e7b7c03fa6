// What banks answer to calls: the outcome, and of a refusal its reason. An outcome that does not fit is thrown away; words
// beside it are cleaned and cut, for a refusal is no less one because its text is long.

import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

export interface BankSaid<Outcome extends string> {
  readonly outcome: Outcome;
  /** Of ISO 20022, or the bank's own. */
  readonly code: string | null;
  readonly text: string | null;
  readonly bankReference: string | null;
}

export type MandateSaid = BankSaid<'validated' | 'refused' | 'pending'>;
export type DebitSaid = BankSaid<'collected' | 'accepted' | 'refused' | 'pending'>;

const words = {
  code: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  text: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  bankReference: Type.Optional(Type.Union([Type.String(), Type.Null()])),
};
const named = Type.Optional(Type.Union([Type.String(), Type.Null()]));
/** Other fields are the bank's own affair. */
const mandates = Compile(
  Type.Object({
    outcome: Type.Enum(['validated', 'refused', 'pending'] as const),
    requestId: named,
    ...words,
  }),
);
const debits = Compile(
  Type.Object({
    outcome: Type.Enum(['collected', 'accepted', 'refused', 'pending'] as const),
    debitId: named,
    ...words,
  }),
);

const endings = Compile(Type.Object({ outcome: Type.Literal('cancelled') }));

/** undefined: the bank has heard it. A text says what is wrong with it. */
export function readEndingSaid(body: Buffer): string | undefined {
  const json = jsonOf(body);
  return endings.Check(json) ? undefined : faultOf(endings.Errors(json));
}

/** A text says what is wrong with it. */
export function readMandateSaid(body: Buffer, requestId: string): MandateSaid | string {
  const json = jsonOf(body);
  if (!mandates.Check(json)) return faultOf(mandates.Errors(json));
  return isOfAnother(json.requestId, requestId) ? 'the answer is to another request' : withReason(json);
}

export function readDebitSaid(body: Buffer, debitId: string): DebitSaid | string {
  const json = jsonOf(body);
  if (!debits.Check(json)) return faultOf(debits.Errors(json));
  return isOfAnother(json.debitId, debitId) ? 'the answer is of another debit' : withReason(json);
}

/** A bank need not repeat what it was called for. */
function isOfAnother(said: string | null | undefined, id: string): boolean {
  return (said ?? id).toLowerCase() !== id;
}

interface Read<Outcome extends string> {
  outcome: Outcome;
  code?: string | null;
  text?: string | null;
  bankReference?: string | null;
}

function withReason<Outcome extends string>(read: Read<Outcome>): BankSaid<Outcome> | string {
  const [code, text] = [cleaned(read.code, 35), cleaned(read.text, 200)];
  if (read.outcome === 'refused' && code === null && text === null)
    return 'the answer refuses without code or text';
  return { outcome: read.outcome, code, text, bankReference: cleaned(read.bankReference, 64) };
}

function cleaned(text: string | null | undefined, most: number): string | null {
  const clean = (text ?? '').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return clean === '' ? null : [...clean].slice(0, most).join('').trim();
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** Where, never what: an answer may name persons. */
function faultOf(errors: readonly { readonly instancePath: string; readonly message: string }[]): string {
  const [first] = errors;
  const where = first === undefined || first.instancePath === '' ? 'the answer' : first.instancePath;
  return `${where} ${first?.message ?? 'is none'}`;
}

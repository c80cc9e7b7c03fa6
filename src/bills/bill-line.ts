// One line of a bill file after reading: a bill, or why it is none. `reject` is what the agency downloads.

import type { Code, Json, Refusal } from '../kernel/errors.ts';
import { FAULT_WORDS } from '../platform/intake/index.ts';
import type { CheckedBill } from './checked-bill.ts';
import type { IntakeRefusal } from './rules.ts';

export interface Reject {
  readonly code: Code;
  /** The column of a CSV file, the path of names in NDJSON; '' when the whole line is at fault. */
  readonly field: string;
  readonly detail: string;
}

/** `line` counts from 1; the CSV header is line 1. */
export type BillLine =
  { readonly line: number; readonly bill: CheckedBill } | { readonly line: number; readonly reject: Reject };

export function malformed(field: string, detail: string): Reject {
  return { code: 'malformed-request', field, detail };
}

export function rejectFault(fault: keyof typeof FAULT_WORDS): Reject {
  return malformed('', FAULT_WORDS[fault]);
}

const INTAKE: Record<IntakeRefusal, string> = {
  'bill-already-paid': 'the bill has been paid',
  'bill-cancelled': 'the bill is cancelled; only a higher version reopens it',
  'bill-in-debit':
    'the bill is in a debit that is built or at the bank; until that has ended the bill cannot change',
  'stale-version': 'a higher version of the bill is known',
  'version-reused': 'this version of the bill is known with other content',
};

export function rejectIntake(code: IntakeRefusal): Reject {
  const field = code === 'stale-version' || code === 'version-reused' ? 'version' : 'billNumber';
  return { code, field, detail: INTAKE[code] };
}

/** A refusal of read-bill-body.ts as a reject: its first place, named by `nameOf` (a JSON Pointer in, a name out). */
export function rejectRefusal(refusal: Refusal, nameOf: (pointer: string) => string): Reject {
  const [first] = refusal.errors ?? [];
  if (first !== undefined) return { code: refusal.code, field: nameOf(first.pointer), detail: first.detail };
  const { field, expected, unit, service, budgetLine } = refusal.facts ?? {};
  const pointer = typeof field === 'string' ? `/${field.replaceAll('.', '/')}` : '';
  const detail =
    refusal.code === 'currency-mismatch'
      ? `must be ${wordOf(expected)}, the currency of the biller`
      : `the biller has no ${missingKind(refusal.code)} ${wordOf(unit ?? service ?? budgetLine)}`;
  return { code: refusal.code, field: nameOf(pointer), detail };
}

function missingKind(code: Refusal['code']): string {
  if (code === 'unit-not-found') return 'unit';
  return code === 'service-not-found' ? 'service' : 'budget line';
}

function wordOf(fact: Json | undefined): string {
  return typeof fact === 'string' ? fact : JSON.stringify(fact);
}

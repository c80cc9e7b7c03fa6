// The one table of problems: what a refusal's code means to HTTP, whose fault it is, and what the caller may do.
// A refusal is a value (`refuse`), decided by rules and carried by answers; only HTTP edges throw it (`Refused`).
// A test keeps this table equal to the three locales, so a new code needs its words in ar, fr and en.

/** Who has to change something before the same thing can succeed. */
export type Fault = 'caller' | 'payer' | 'channel' | 'agency' | 'operator';

/**
 * What the program that asked should do by itself. `same-reference`: repeat the request unchanged, later or once
 * the cause is gone; nothing can be doubled. `new-reference`: mend the request and send it under a new reference,
 * the old one keeps its refusal. `never`: no repetition helps.
 */
export type Retry = 'never' | 'same-reference' | 'new-reference';

export interface ProblemRule {
  readonly status: number;
  readonly fault: Fault;
  readonly retry: Retry;
  /** What `retry` of an answer may be instead, where it depends on more than the code. */
  readonly orElse?: Retry;
  /** Kept under the caller's reference as its one answer for ever (api.md: decided inside the transaction). */
  readonly recorded: boolean;
}

export const PROBLEMS = {
  'malformed-request': { status: 400, fault: 'caller', retry: 'never', recorded: false },
  unauthenticated: { status: 401, fault: 'caller', retry: 'same-reference', recorded: false },
  'sign-in-refused': { status: 401, fault: 'caller', retry: 'never', recorded: false },
  'sign-in-not-completed': { status: 401, fault: 'caller', retry: 'never', recorded: false },
  'second-factor-required': { status: 401, fault: 'caller', retry: 'never', recorded: false },
  'second-factor-refused': { status: 401, fault: 'caller', retry: 'never', recorded: false },
  forbidden: { status: 403, fault: 'caller', retry: 'never', recorded: false },
  'sign-in-unbound': { status: 403, fault: 'operator', retry: 'never', recorded: false },
  'second-factor-missing': { status: 403, fault: 'caller', retry: 'same-reference', recorded: false },
  'self-approval': { status: 403, fault: 'caller', retry: 'never', recorded: false },
  'biller-not-served': { status: 403, fault: 'channel', retry: 'never', recorded: false },
  'channel-suspended': { status: 403, fault: 'channel', retry: 'same-reference', recorded: false },
  'not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'bill-not-found': { status: 404, fault: 'caller', retry: 'new-reference', recorded: true },
  'biller-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  // Nothing recorded *yet*: the request may still be on its way, so the answer is to send it again.
  'payment-not-found': { status: 404, fault: 'caller', retry: 'same-reference', recorded: false },
  'bill-file-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'pay-code-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'webhook-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'settlement-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'reconciliation-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'remittance-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'event-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'break-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'dispute-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'mandate-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'debit-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'approval-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'attachment-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'session-not-found': { status: 404, fault: 'caller', retry: 'never', recorded: false },
  'request-timeout': { status: 408, fault: 'caller', retry: 'same-reference', recorded: false },
  'bill-already-paid': { status: 409, fault: 'payer', retry: 'never', recorded: true },
  'bill-replaced': { status: 409, fault: 'agency', retry: 'new-reference', recorded: true },
  // The reference already holds another answer, so this one cannot be kept under it.
  'reference-reused': { status: 409, fault: 'caller', retry: 'new-reference', recorded: false },
  'reference-cancelled': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'not-reversible': { status: 409, fault: 'channel', retry: 'never', recorded: true },
  'not-rejectable': { status: 409, fault: 'agency', retry: 'never', recorded: false },
  'remittance-state': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'stale-version': { status: 409, fault: 'agency', retry: 'never', recorded: false },
  'version-reused': { status: 409, fault: 'agency', retry: 'never', recorded: false },
  'bill-in-debit': { status: 409, fault: 'agency', retry: 'same-reference', recorded: false },
  'break-state': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'dispute-state': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  // A debit may be asked for again under a mandate that may hold later.
  'mandate-state': {
    status: 409,
    fault: 'caller',
    retry: 'never',
    orElse: 'same-reference',
    recorded: false,
  },
  'mandate-changed': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'debit-state': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'approval-decided': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'approval-changed': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'second-factor-active': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'evidence-missing': { status: 409, fault: 'caller', retry: 'same-reference', recorded: false },
  'approval-impossible': { status: 409, fault: 'caller', retry: 'never', recorded: false },
  'payload-too-large': { status: 413, fault: 'caller', retry: 'never', recorded: false },
  'unsupported-media-type': { status: 415, fault: 'caller', retry: 'never', recorded: false },
  'range-not-satisfiable': { status: 416, fault: 'caller', retry: 'never', recorded: false },
  'second-factor-unconfirmed': { status: 422, fault: 'caller', retry: 'never', recorded: false },
  underpayment: { status: 422, fault: 'payer', retry: 'new-reference', recorded: true },
  overpayment: { status: 422, fault: 'payer', retry: 'new-reference', recorded: true },
  'amount-out-of-range': { status: 422, fault: 'payer', retry: 'new-reference', recorded: true },
  'currency-mismatch': { status: 422, fault: 'caller', retry: 'new-reference', recorded: true },
  'bill-cancelled': { status: 422, fault: 'agency', retry: 'never', recorded: true },
  'bill-expired': { status: 422, fault: 'payer', retry: 'never', recorded: true },
  'fee-changed': { status: 422, fault: 'channel', retry: 'new-reference', recorded: true },
  'quote-invalid': { status: 422, fault: 'caller', retry: 'new-reference', recorded: true },
  'insufficient-float': { status: 422, fault: 'channel', retry: 'new-reference', recorded: true },
  'bill-not-covered': { status: 422, fault: 'caller', retry: 'never', recorded: false },
  'nothing-to-collect': { status: 422, fault: 'payer', retry: 'same-reference', recorded: false },
  'ceiling-exceeded': { status: 422, fault: 'payer', retry: 'same-reference', recorded: false },
  'limit-exceeded': { status: 422, fault: 'channel', retry: 'new-reference', recorded: true },
  'unit-not-found': { status: 422, fault: 'agency', retry: 'never', recorded: false },
  'service-not-found': { status: 422, fault: 'agency', retry: 'never', recorded: false },
  'budget-line-not-found': { status: 422, fault: 'agency', retry: 'never', recorded: false },
  'attachment-limit': { status: 422, fault: 'caller', retry: 'never', recorded: false },
  'credit-insufficient': { status: 422, fault: 'caller', retry: 'never', recorded: false },
  'too-many-requests': { status: 429, fault: 'caller', retry: 'same-reference', recorded: false },
  'sign-in-paused': { status: 429, fault: 'caller', retry: 'same-reference', recorded: false },
  'internal-error': { status: 500, fault: 'operator', retry: 'same-reference', recorded: false },
  'report-not-ready': { status: 503, fault: 'operator', retry: 'same-reference', recorded: false },
  overloaded: { status: 503, fault: 'operator', retry: 'same-reference', recorded: false },
  'sign-in-provider-unavailable': {
    status: 503,
    fault: 'operator',
    retry: 'same-reference',
    recorded: false,
  },
  'agency-unavailable': { status: 503, fault: 'agency', retry: 'same-reference', recorded: false },
  'outcome-unknown': { status: 503, fault: 'operator', retry: 'same-reference', recorded: false },
} as const satisfies Record<string, ProblemRule>;

export type Code = keyof typeof PROBLEMS;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What the refusal knows (`amountDue`, `field`, `paidAt` …), told beside the words; money as `{ value, currency }`. */
export type Facts = { readonly [fact: string]: Json };

/** One fault in a document: a JSON Pointer (RFC 6901) into what was sent, and what to change there. */
export interface PointedError {
  readonly pointer: string;
  readonly detail: string;
}

/** Why one bill of several was refused. */
export interface BillRefusal {
  readonly billNumber: string;
  readonly code: Code;
  readonly [fact: string]: Json;
}

export interface Refusal {
  readonly code: Code;
  readonly facts?: Facts;
  readonly errors?: readonly PointedError[];
  readonly bills?: readonly BillRefusal[];
  /** The rule's `orElse`; absent: its `retry`. */
  readonly retry?: Retry;
}

/** A business no, as a value. `more` names the places in the document, or the bills, that it is about, or another `retry`. */
export function refuse(
  code: Code,
  facts?: Facts,
  more?: Pick<Refusal, 'errors' | 'bills' | 'retry'>,
): Refusal {
  return { code, facts, ...more };
}

export function isCode(text: string): text is Code {
  return Object.hasOwn(PROBLEMS, text);
}

/**
 * Carries a refusal to the HTTP edge, which answers it as a problem document. It has no stack: a refusal is an
 * answer, not a fault of the program, and thousands of them a second must stay cheap.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    const depth = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(refusal.code);
    Error.stackTraceLimit = depth;
    this.refusal = refusal;
  }
}

/** A fault of ours or of what we stand on; always with its cause, answered as `internal-error`. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
  }
}

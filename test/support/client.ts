// A client of the API that trusts nothing: every answer must be JSON or a problem document of the promised form,
// carry a request id and rate headers, and say when to come back where it has to. Bodies are kept as text too,
// because a replay is promised byte for byte.
import type { Static } from 'typebox';
import type { InquiryAnswer } from '../../src/bills/inquiry/schema.ts';
import { PROBLEMS, type Code, type ProblemRule } from '../../src/kernel/errors.ts';
import type { CancellationAnswer, ReversalAnswer } from '../../src/payments/reversal-schema.ts';
import type { PaymentAnswer, PaymentBody, PaymentList, StatusAnswer } from '../../src/payments/schema.ts';

export type PaymentAnswer = Static<typeof PaymentAnswer>;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: Code;
  readonly retry: string;
  readonly errors?: { readonly pointer: string; readonly detail: string }[];
  readonly bills?: ({ readonly billNumber: string; readonly code: Code } & Record<string, unknown>)[];
  readonly [fact: string]: unknown;
}

export interface Answer<Body> {
  readonly status: number;
  /** `ok`, or the code of the problem. */
  readonly code: 'ok' | Code;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body | undefined;
  readonly problem: Problem | undefined;
}

export type Order = Partial<PaymentBody> & Pick<PaymentBody, 'bills'>;

let orders = 0;

/** A payment's request with everything that `order` leaves out; its reference is new. */
export function requestOf(order: Order): PaymentBody {
  orders += 1;
  return {
    reference: `T${process.pid}-${orders}`,
    billerCode: 'om-social',
    occurredAt: '2026-11-22T07:59:00Z',
    method: 'cash',
    ...order,
  };
}

/** One bill to be paid: `bill('OM-1', '125.500')`. */
export function bill(
  billNumber: string,
  value: string,
  currency = 'OMR',
  quoteId?: string,
): PaymentBody['bills'][number] {
  return { billNumber, amount: { value, currency }, ...(quoteId !== undefined && { quoteId }) };
}

export class Client {
  readonly #baseUrl: string;
  readonly #key: string;

  constructor(baseUrl: string, key: string) {
    this.#baseUrl = baseUrl;
    this.#key = key;
  }

  pay(order: Order): Promise<Answer<PaymentAnswer>> {
    return this.send('POST', '/v1/payments', requestOf(order));
  }
  inquire(body: object): Promise<Answer<InquiryAnswer>> {
    return this.send('POST', '/v1/inquiries', body);
  }
  status(reference: string): Promise<Answer<Static<typeof StatusAnswer>>> {
    return this.send('GET', `/v1/payments/by-reference/${reference}`);
  }
  payment(paymentId: string): Promise<Answer<PaymentAnswer>> {
    return this.send('GET', `/v1/payments/${paymentId}`);
  }
  list(query: string): Promise<Answer<Static<typeof PaymentList>>> {
    return this.send('GET', `/v1/payments?${query}`);
  }
  cancel(reference: string, reason = 'no answer'): Promise<Answer<Static<typeof CancellationAnswer>>> {
    return this.send('POST', '/v1/payments/cancellation', { reference, reason });
  }
  reverse(
    paymentId: string,
    reference: string,
    reason = 'wrong bill',
  ): Promise<Answer<Static<typeof ReversalAnswer>>> {
    return this.send('POST', `/v1/payments/${paymentId}/reversal`, { reference, reason });
  }

  async send<Body>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(this.#baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return checked(response, await response.text());
  }
}

function checked<Body>({ status, headers }: Response, text: string): Answer<Body> {
  const type = headers.get('content-type');
  for (const name of ['x-request-id', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']) {
    if (headers.get(name) === null) throw new Error(`an answer ${status} without ${name}: ${text}`);
  }
  if (status < 400) {
    if (type !== 'application/json; charset=utf-8')
      throw new Error(`an answer ${status} of type ${type}: ${text}`);
    return { status, code: 'ok', headers, text, body: JSON.parse(text) as Body, problem: undefined };
  }
  if (type !== 'application/problem+json') throw new Error(`a problem ${status} of type ${type}: ${text}`);
  const problem = JSON.parse(text) as Problem;
  checkProblem(problem, status, headers);
  return { status, code: problem.code, headers, text, body: undefined, problem };
}

/** RFC 9457 as api.md fixes it. */
function checkProblem(problem: Problem, status: number, headers: Headers): void {
  const rule: ProblemRule | undefined = PROBLEMS[problem.code];
  const says = JSON.stringify(problem);
  if (rule === undefined) throw new Error(`an unknown code: ${says}`);
  if (problem.status !== status || rule.status !== status)
    throw new Error(`${problem.code} with status ${status}: ${says}`);
  const isRetry = problem.retry === rule.retry || problem.retry === rule.orElse;
  if (problem.type !== `/problems/${problem.code}` || !isRetry)
    throw new Error(`type or retry is wrong: ${says}`);
  if (problem.instance !== headers.get('x-request-id'))
    throw new Error(`instance is not the request's id: ${says}`);
  if (typeof problem.title !== 'string' || typeof problem.detail !== 'string')
    throw new Error(`no words: ${says}`);
  if ((status === 429 || status === 503) && !/^[1-9][0-9]*$/.test(headers.get('retry-after') ?? ''))
    throw new Error(`no retry-after: ${says}`);
}

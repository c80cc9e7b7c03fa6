// What every answer must be, whatever was asked: no fault of the gateway's own, and a no that is a problem document
// of the promised form. Pages for people are the one exception.
import { PROBLEMS, type Code } from '../../../src/kernel/errors.ts';
import type { FuzzRequest } from './requests.ts';

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

const BUSY: readonly string[] = ['overloaded', 'agency-unavailable', 'outcome-unknown'];
const INSIDES = /node_modules|\.ts:\d+|at async |relation "|syntax error|select .* from /i;

/** What is wrong with the answer; nothing when it keeps the contract. */
export function faultOf({ method, target }: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const { status, headers, text } = answer;
  if (headers['x-request-id'] === undefined) return 'no x-request-id';
  if (INSIDES.test(text)) return 'it shows its inside';
  if (status < 400 || method === 'HEAD') return undefined;
  const type = String(headers['content-type']);
  if (status === 404 && target.startsWith('/r/') && type.startsWith('text/html')) return undefined;
  if (target.startsWith('/health/') && status === 503) return undefined;
  if (type !== 'application/problem+json') return `a problem of type ${type}`;
  const problem = read(text);
  if (problem === undefined) return 'a problem that is not JSON';
  const rule = PROBLEMS[problem.code as Code];
  if (rule === undefined) return `the unknown code ${String(problem.code)}`;
  if (problem.status !== status || rule.status !== status) return `${String(problem.code)} with ${status}`;
  if (problem.type !== `/problems/${String(problem.code)}` || problem.retry !== rule.retry)
    return 'its type or retry is not that of its code';
  if (problem.instance !== headers['x-request-id']) return 'its instance is not the id of the request';
  if (typeof problem.title !== 'string' || typeof problem.detail !== 'string') return 'no words';
  const isBusy = status === 503 && BUSY.includes(String(problem.code));
  if (status >= 500 && !isBusy) return 'a fault of the gateway';
  if (isBusy && headers['retry-after'] === undefined) return 'no retry-after';
  return undefined;
}

function read(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null ? { ...document } : undefined;
  } catch {
    return undefined;
  }
}

// A refusal as the problem document of RFC 9457 that api.md fixes: the caller's language chooses `title` and `detail`,
// everything a program reads is the same in all of them.

import {
  PROBLEMS,
  type BillRefusal,
  type Code,
  type Json,
  type PointedError,
  type Refusal,
  type Retry,
} from '../../kernel/errors.ts';
import type { Language } from './language.ts';
import { detailOf, LOCALES } from './words.ts';

export const PROBLEM_TYPE = 'application/problem+json';

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: Code;
  retry: Retry;
  errors?: readonly PointedError[];
  bills?: readonly BillRefusal[];
  /** The refusal's facts. */
  [fact: string]: Json | undefined | readonly PointedError[];
}

/** `instance` is the request's id. A fact may not take the place of a standard member. */
export function toProblem(
  refusal: Refusal,
  reader: { language: Language; instance: string },
): ProblemDocument {
  const { code, facts, errors, bills, retry } = refusal;
  const { status, retry: byCode } = PROBLEMS[code];
  const document: ProblemDocument = {
    type: `/problems/${code}`,
    title: LOCALES[reader.language].problems[code].title,
    status,
    detail: detailOf(
      reader.language,
      code,
      facts,
      bills?.find((bill) => bill.code === code),
    ),
    instance: reader.instance,
    code,
    retry: retry ?? byCode,
  };
  for (const fact in facts) if (!(fact in document)) document[fact] = facts[fact];
  if (errors !== undefined && errors.length > 0) document.errors = errors;
  if (bills !== undefined && bills.length > 0) document.bills = bills;
  return document;
}

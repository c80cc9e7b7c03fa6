// From the value to the HTTP edge: an answer goes on, a refusal leaves as a problem document.

import { Refused, type Refusal } from './errors.ts';

/** Throws `Refused` for a refusal; nothing that is answered has a `code` of its own. */
export function orThrow<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Refused(answer);
  return answer;
}

function isRefusal(answer: object): answer is Refusal {
  return 'code' in answer;
}

// Which resolution is meant, and what of it is asked: a request's content is `breakId`, `resolution`, and what that
// resolution reads.

import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, type Uuid } from '../../kernel/ids.ts';
import type { Resolution, Resolutions } from './resolution.ts';
import type { StoredBreak } from './store-break.ts';
import { wrongState } from './who-may.ts';

export interface Wanted {
  readonly breakId: Uuid;
  readonly name: string;
  /** What the resolution itself reads. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** Of the content of a request. Refuses `break-not-found` and `malformed-request`. */
export function wanted(content: Readonly<Record<string, unknown>>): Wanted {
  const { breakId, resolution, ...own } = content;
  const id = typeof breakId === 'string' ? parseId('brk', breakId) : undefined;
  if (id === undefined) throw new Refused(refuse('break-not-found', { breakId: String(breakId) }));
  if (typeof resolution !== 'string') throw malformed('/resolution', 'name the resolution');
  return { breakId: id, name: resolution, content: own };
}

/** Those that this break may end by now; of a resolved one those that take out what lies in suspense by it. */
export function resolutionsOf(all: Resolutions, it: Pick<StoredBreak, 'kind' | 'state'>): Resolutions {
  const of = it.state === 'resolved' ? 'suspense' : 'open';
  return all.filter((each) => each.of === of && each.kinds.includes(it.kind));
}

/** Those of them that what the break says does not rule out: not a credit's of a debit. */
export function fitting(all: Resolutions, it: StoredBreak): Resolutions {
  return resolutionsOf(all, it).filter(({ fits }) => fits === undefined || fits(it));
}

/** Refuses `break-state` where there is nothing more to end, `malformed-request` for what such a break does not end by. */
export function resolutionNamed(all: Resolutions, it: StoredBreak, name: string): Resolution {
  const there = resolutionsOf(all, it);
  const found = there.find((each) => each.name === name);
  if (found !== undefined) return found;
  if (there.length === 0) throw wrongState(it);
  const names = fitting(all, it)
    .map((each) => each.name)
    .join(', ');
  throw malformed('/resolution', `a break of kind ${it.kind} that is ${it.state} ends by: ${names}`);
}

export function malformed(pointer: string, detail: string): Refused {
  return new Refused(refuse('malformed-request', undefined, { errors: [{ pointer, detail }] }));
}

export function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}

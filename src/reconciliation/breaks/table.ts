// Every way in which breaks end. Other parts of the room, which find breaks of their own, give theirs as `more`.

import type { Resolution, Resolutions } from './resolution.ts';
import { acceptances } from './resolutions/accept.ts';
import { posting } from './resolutions/post.ts';
import { reversing } from './resolutions/reverse.ts';
import { suspending } from './resolutions/suspend.ts';
import { crediting, givingBack, placing } from './resolutions/unsuspend.ts';
import type { ResolutionTools } from './tools.ts';

/** Throws when two would be asked for by the same name of the same break. */
export function breakResolutions(tools: ResolutionTools, more: Resolutions = []): Resolutions {
  const all: readonly Resolution[] = [
    ...acceptances,
    posting(tools),
    reversing(tools),
    suspending(tools),
    givingBack(tools),
    placing(tools),
    crediting(tools),
    ...more,
  ];
  const names = all.flatMap(({ name, of, kinds }) => kinds.map((kind) => `${name} of ${of} ${kind}`));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`there are two resolutions ${twice}`);
  return all;
}

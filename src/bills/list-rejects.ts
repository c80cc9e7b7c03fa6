// Which rejects of a file are kept to be downloaded: the first ones. A hostile file of a few kilobytes may inflate to
// a million bad lines, of which each would be a row.

import type { NumberedReject } from './store-load-step.ts';

export const MOST_LISTED_REJECTS = 100_000;

const LIST_ENDS = `this line and others after it were refused; they are counted and not listed: ${MOST_LISTED_REJECTS} are the most`;

/** What is kept of a step's rejects after `before` others; the first one too many stands for all that follow. */
export function listRejects(rejects: readonly NumberedReject[], before: number): readonly NumberedReject[] {
  const room = MOST_LISTED_REJECTS - before;
  if (rejects.length <= room) return rejects;
  if (room < 0) return [];
  const inOrder = [...rejects].sort((one, other) => one.line - other.line);
  const end = inOrder
    .slice(room, room + 1)
    .map(({ line, reject }) => ({ line, reject: { ...reject, field: '', detail: LIST_ENDS } }));
  return [...inOrder.slice(0, room), ...end];
}

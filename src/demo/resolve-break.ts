// A break ended by two people of the told day: one asks for a resolution, the other accepts it.

import type { Told } from './scribe.ts';
import { twoOf, type EveningParts } from './tell-evening.ts';

export interface WishTold {
  readonly reference: string;
  readonly resolution: string;
  /** Its fields are those of the resolution. */
  readonly content?: object;
  readonly comment: string;
}

/** Asked for by the first; gives how somebody tries to accept it, and what he is answered. */
export async function askResolution(
  { scribe, staff }: Pick<EveningParts, 'scribe' | 'staff'>,
  breakId: string,
  body: WishTold,
): Promise<(as: string, expect: number, comment: string) => Promise<Told>> {
  const [as] = twoOf(staff);
  const asked = await scribe.call({
    as,
    method: 'POST',
    path: `/v1/breaks/${breakId}/resolutions`,
    body,
    expect: 201,
  });
  const path = `/v1/approvals/${String(asked.body['approvalId'])}/accept`;
  return (decider, expect, comment) =>
    scribe.call({ as: decider, method: 'POST', path, body: { comment }, expect });
}

/** The newest open break of this kind. */
export function breakOf({ body }: Told, kind: string): string {
  const items = body['items'] as { breakId: string; kind: string }[];
  const found = items.findLast((each) => each.kind === kind);
  if (found === undefined) throw new Error(`the story stops: there is no break ${kind}`);
  return found.breakId;
}

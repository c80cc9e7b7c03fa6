// What the operator says about the link to an agency's own system: its address, how long it may take, how old an
// answer may be, and what holds when it does not answer. The secret is kept apart and shown once.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { urlFault } from '../platform/outgoing/index.ts';

export const LinkSettings = Type.Object(
  {
    /** Base of the addresses that are called, without a slash at the end. */
    url: Type.String({ minLength: 8, maxLength: 2000 }),
    /** One call, from waiting for a connection to the last byte. A payment may need several, within 10 s. */
    deadlineMs: Type.Integer({ minimum: 50, maximum: 8000 }),
    freshForSeconds: Type.Integer({ minimum: 0, maximum: 86_400 }),
    whenDown: Type.Enum(['stale', 'refuse']),
    notify: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type LinkSettings = Static<typeof LinkSettings>;

const DEFAULTS = { deadlineMs: 1500, freshForSeconds: 60, whenDown: 'refuse', notify: false } as const;

const validator = Compile(LinkSettings);

/** Settings with what was left out filled in, or everything that is wrong with them. What a name means is asked when it is called. */
export function readLinkSettings(
  json: object,
  allowedNetworks: readonly string[],
): { settings: LinkSettings } | { faults: string[] } {
  const whole: Record<string, unknown> = { ...DEFAULTS, ...json };
  const faults = typeof whole['url'] === 'string' ? urlFaults(whole['url'], allowedNetworks) : [];
  if (validator.Check(whole)) {
    return faults.length === 0 ? { settings: { ...whole, url: whole.url.replace(/\/+$/, '') } } : { faults };
  }
  const told = validator.Errors(whole).map(({ instancePath, message, keyword, params }) => {
    if (keyword === 'required') return `link.${params.requiredProperties.join(', link.')} is missing`;
    return `link${instancePath.replaceAll('/', '.')} ${message}`;
  });
  return { faults: [...told, ...faults] };
}

function urlFaults(text: string, allowedNetworks: readonly string[]): string[] {
  const fault = urlFault(text, { allowedNetworks });
  if (fault !== undefined) return [`link.url ${fault}`];
  return text.includes('?') ? ['link.url must end with its path'] : [];
}

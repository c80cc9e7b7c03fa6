// Node keeps the first of two `Host` or `Authorization` headers and drops the other without a word; a proxy in front
// may have looked at the other one. Such a request has no one meaning and is refused.

import { Malformed } from './malformed.ts';

const HOST = 'host';
const AUTHORIZATION = 'authorization';

/** `rawHeaders`: names and values in turn, as node gives them. Throws `Malformed`. Names of other lengths cost nothing. */
export function refuseRepeatedHeaders(rawHeaders: readonly string[]): void {
  let hosts = 0;
  let authorizations = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === HOST.length) {
      if (name.toLowerCase() === HOST && (hosts += 1) > 1) throw repeated(HOST);
    } else if (name.length === AUTHORIZATION.length) {
      if (name.toLowerCase() === AUTHORIZATION && (authorizations += 1) > 1) throw repeated(AUTHORIZATION);
    }
  }
}

function repeated(name: string): Malformed {
  return new Malformed([{ pointer: `/${name}`, key: 'repeatedHeader' }], 'headers');
}

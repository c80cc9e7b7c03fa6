// Connections to permitted addresses alone. The name's answer is judged and the very address judged is connected to,
// so a name that first shows a public address and then a private one (DNS rebinding) gains nothing.
// Certificates are always verified; without TLS only the networks that the installation names are connected to.

import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressRules, Verdict } from './address-rules.ts';
import { CallFault, connectFault } from './call-fault.ts';

/** For a call without a closer time-out of its own; it also ends attempts whose calls were given up. */
const CONNECT_TIMEOUT_MS = 10_000;

export function guardedConnector(rules: AddressRules, lookup: LookupFunction): buildConnector.connector {
  const secure = connectorTo(['public', 'allowed'], rules, lookup);
  const plain = connectorTo(['allowed'], rules, lookup);
  return (options, callback) => {
    const isSecure = options.protocol === 'https:';
    (isSecure ? secure : plain)(options, (...[error, socket]) =>
      error ? callback(connectFault(error, isSecure), null) : callback(null, socket),
    );
  };
}

function connectorTo(
  permitted: readonly Verdict[],
  rules: AddressRules,
  lookup: LookupFunction,
): buildConnector.connector {
  const mayUse = (address: string) => permitted.includes(rules.judge(address));
  const connect = buildConnector({
    lookup: guardedLookup(mayUse, lookup),
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: true, // whatever NODE_TLS_REJECT_UNAUTHORIZED says
  });
  return (options, callback) => {
    // An address in the URL is connected to without being looked up.
    if (isIP(options.hostname) !== 0 && !mayUse(options.hostname))
      queueMicrotask(() => callback(refusedAddress(options.hostname), null));
    else connect(options, callback);
  };
}

/** Hands on those of a name's addresses that may be used; none is a refusal. */
function guardedLookup(mayUse: (address: string) => boolean, lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, answer) => {
      if (error) {
        callback(new CallFault('unreachable', error.message, { cause: error }), []);
        return;
      }
      const addresses = typeof answer === 'string' ? [answer] : answer.map(({ address }) => address);
      const usable = addresses.filter(mayUse).map((address) => ({ address, family: isIP(address) }));
      const [first] = usable;
      if (!first) callback(refusedAddress(hostname), []);
      else if (options.all) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };
}

/** Says no address: what a name means inside the installation's network is nobody's business outside. */
function refusedAddress(hostname: string): CallFault {
  return new CallFault('refused-address', `${hostname} has no address that may be connected to`);
}

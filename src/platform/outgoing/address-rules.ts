// Which addresses Wasit may connect to: those of the Internet, and those of the private networks that the installation
// names. One rule for addresses written in a URL and for those that a name turns out to have.
// Remember: an entry allows exactly its own addresses; an IPv4 address written as IPv6 is judged by IPv4 entries.

import { BlockList, isIP, isIPv6 } from 'node:net';
import { embeddedIpv4 } from './embedded-ipv4.ts';
import { SPECIAL_IPV4, SPECIAL_IPV6 } from './special-addresses.ts';

/** `allowed`: in a network that the installation names. `public`: on the Internet. */
export type Verdict = 'public' | 'allowed' | 'refused';

export interface AddressRules {
  /** What is not an IP address is refused. */
  readonly judge: (address: string) => Verdict;
  /** Whether the installation names any network. */
  readonly allowsSome: boolean;
}

/** Networks in CIDR notation; throws on one that `isNetwork` does not accept. */
export function addressRules(allowedNetworks: readonly string[]): AddressRules {
  const allowed = new Networks(allowedNetworks);

  const judgeIpv4 = (address: string): Verdict => {
    if (allowed.ipv4.check(address, 'ipv4')) return 'allowed';
    return special.ipv4.check(address, 'ipv4') ? 'refused' : 'public';
  };
  const judgeIpv6 = (address: string): Verdict => {
    const inside = embeddedIpv4(address);
    if (inside?.mapped) return judgeIpv4(inside.address) === 'allowed' ? 'allowed' : 'refused';
    const named = allowed.ipv6.check(address, 'ipv6');
    // A gateway that translates (NAT64) and is allowed leads no further than the address behind it may be reached.
    if (inside) return named ? judgeIpv4(inside.address) : 'refused';
    if (named) return 'allowed';
    return special.ipv6.check(address, 'ipv6') ? 'refused' : 'public';
  };
  return {
    allowsSome: allowedNetworks.length > 0,
    judge(address) {
      const bare = address.replace(/%.*$/, ''); // the zone of a link-local address
      const family = isIP(bare);
      if (family === 0) return 'refused';
      return family === 4 ? judgeIpv4(bare) : judgeIpv6(bare);
    },
  };
}

/** Whether a text is a network like 10.0.0.0/8 or fd00::/8. Mapped IPv4 is to be written as IPv4: only so it counts. */
export function isNetwork(text: string): boolean {
  return readNetwork(text) !== undefined;
}

interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

function readNetwork(text: string): Network | undefined {
  const [, address = '', length] = /^([\da-f.:]+)\/(0|[1-9]\d{0,2})$/i.exec(text) ?? [];
  const prefix = Number(length);
  const version = isIP(address);
  if (version === 0 || prefix > (version === 4 ? 32 : 128)) return undefined;
  if (isIPv6(address) && embeddedIpv4(address)?.mapped) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/** Kept apart by family: a list that holds both also compares across. */
class Networks {
  readonly ipv4 = new BlockList();
  readonly ipv6 = new BlockList();

  constructor(networks: readonly string[]) {
    for (const text of networks) {
      const network = readNetwork(text);
      if (!network) throw new TypeError(`not a network in CIDR notation: ${text}`);
      this[network.family].addSubnet(network.address, network.prefix, network.family);
    }
  }
}

const special = new Networks([...SPECIAL_IPV4, ...SPECIAL_IPV6]);

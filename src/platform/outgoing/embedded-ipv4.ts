// The IPv4 address inside an IPv6 address that is only another way to write or to reach it. Who checks addresses and
// forgets these lets ::ffff:127.0.0.1 pass as an address of its own.

export interface EmbeddedIpv4 {
  readonly address: string;
  /** Mapped (RFC 4291): no other network is involved, the system connects to the IPv4 address itself. */
  readonly mapped: boolean;
}

/** Of a valid IPv6 address in any spelling: mapped, translated (RFC 2765), NAT64 (RFC 6052), 6to4 (RFC 3056). */
export function embeddedIpv4(ipv6: string): EmbeddedIpv4 | undefined {
  const groups = groupsOf(ipv6);
  const zeros = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  const at = (i: number) => groups[i] ?? 0;
  const inside = (i: number, mapped: boolean) => ({ address: dotted(at(i), at(i + 1)), mapped });
  if (zeros(0, 5) && at(5) === 0xffff) return inside(6, true);
  if (zeros(0, 4) && at(4) === 0xffff && at(5) === 0) return inside(6, false);
  if (at(0) === 0x64 && at(1) === 0xff9b && zeros(2, 6)) return inside(6, false);
  if (at(0) === 0x2002) return inside(1, false);
  return undefined;
}

/** The eight groups of 16 bits. */
function groupsOf(ipv6: string): number[] {
  const hex = ipv6.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = [], tail = []] = hex
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').map((group) => Number.parseInt(group, 16))));
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

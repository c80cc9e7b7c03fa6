// The addresses that may use a key: IPv4, IPv6 and CIDR blocks of either. An IPv4 caller on a socket that listens
// for IPv6 shows as ::ffff:a.b.c.d and is meant by the IPv4 entry.

import { BlockList, isIP } from 'node:net';
import type { Parsed } from './signature-input.ts';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const PREFIX = /^(?:0|[1-9][0-9]{0,2})$/;

/** undefined for an empty list, which lets everyone in. Refuses an entry that is no address and no block. */
export function readAllowList(entries: readonly string[]): Parsed<BlockList | undefined> {
  if (entries.length === 0) return { ok: true, value: undefined };
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix, ...more] = entry.split('/');
    const family = isIP(address);
    const bits = family === 4 ? 32 : 128;
    const plain = family !== 0 && !address.includes('%') && !MAPPED_IPV4.test(address) && more.length === 0;
    if (!plain || (prefix !== undefined && !(PREFIX.test(prefix) && Number(prefix) <= bits))) {
      return {
        ok: false,
        reason: `"${entry}" is no IPv4 or IPv6 address and no CIDR block such as 192.0.2.0/24`,
      };
    }
    list.addSubnet(address, prefix === undefined ? bits : Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  }
  return { ok: true, value: list };
}

export function isAllowed(list: BlockList, ip: string): boolean {
  const address = MAPPED_IPV4.exec(ip)?.[1] ?? ip.split('%')[0] ?? '';
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

// Addresses at which no agency on the Internet can be, by the IANA registries of special-purpose addresses (IPv4 and
// IPv6; RFC 6890 and its updates), multicast (RFC 5771, RFC 4291) and what is not given out at all.
// Globally routed anycast services of those registries are in it too: nobody receives confirmations there.

export const SPECIAL_IPV4: readonly string[] = [
  '0.0.0.0/8', // this network; 0.0.0.0 is this host on Linux
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, the metadata of clouds
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // relays of 6to4
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
];

export const SPECIAL_IPV6: readonly string[] = [
  // Only 2000::/3 is given out as global unicast. These three are all the rest: unspecified, loopback, IPv4-mapped and
  // -translated, 64:ff9b:: (NAT64), 100:: (discard), 5f00:: (segment routing), fc00:: (unique local), fe80::
  // (link-local), fec0:: (site-local), ff00:: (multicast).
  '::/3',
  '4000::/2',
  '8000::/1',
  '2001::/23', // protocol assignments: Teredo, benchmarks, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
];

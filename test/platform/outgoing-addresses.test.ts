// Which URLs and addresses may be called: every spelling of what is private is refused, what the installation allows
// is allowed, and nothing beside it.
import type { LookupFunction } from 'node:net';
import fc from 'fast-check';
import t from 'tap';
import { addressRules } from '../../src/platform/outgoing/address-rules.ts';
import { isNetwork, openCaller, urlFault } from '../../src/platform/outgoing/index.ts';
import { answering, startHostileServer } from '../support/hostile-server.ts';

const none = { allowedNetworks: [] };
const strict = addressRules([]);
const request = { headers: {}, body: '', timeoutMs: 5000 };

const PUBLIC = `1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
  169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0
  203.0.112.255 203.0.114.0 223.255.255.255 2000:: 2001:200:: 2001:dba:: 2003:: 2606:4700:4700::1111 2a00:1450::1
  2001:4860:4860::8888 3ffe:ffff::`;
const PRIVATE = `0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.1 127.255.255.255
  169.254.0.0 169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.8 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1
  192.168.0.0 192.168.255.255 192.175.48.1 198.18.0.0 198.19.255.255 198.51.100.1 203.0.113.255 224.0.0.1 239.255.255.255
  240.0.0.0 255.255.255.255 :: ::1 ::2 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8
  0:0:0:0:0:ffff:a00:1 ::ffff:0:10.0.0.1 64:ff9b::10.0.0.1 64:ff9b::808:808 64:ff9b:1::1 100::1 100:0:0:1::1 2001::1
  2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:1ff:ffff::1 2001:db8::1 2001:db8:ffff::1
  2002:7f00:1:: 2002:0808:0808::1 2620:4f:8000::1 3fff::1 3fff:fff::1 4000::1 5f00::1 8000::1 fc00::1 fd12:3456::1 fe80::1
  fe80::1%lo febf::1 fec0::1 ff02::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`;
const words = (text: string) => text.split(/\s+/);

t.test('what is on the Internet, and what is not', async (t) => {
  for (const address of words(PUBLIC)) t.equal(strict.judge(address), 'public', address);
  for (const address of words(PRIVATE)) t.equal(strict.judge(address), 'refused', address);
  for (const nothing of ['', 'localhost', '127.1', '1.2.3', '::1::', '0x7f.0.0.1', '08.8.8.8'])
    t.equal(strict.judge(nothing), 'refused', JSON.stringify(nothing));
});

t.test('an allowed network allows itself in every spelling, and nothing beside it', async (t) => {
  const { judge } = addressRules(['10.20.0.0/16', 'fd12::/16', '64:ff9b::/96']);
  for (const address of [
    '10.20.0.0',
    '10.20.255.255',
    '::ffff:10.20.1.1',
    '::ffff:a14:101',
    'fd12::',
    'fd12:ffff::1',
  ])
    t.equal(judge(address), 'allowed', address);
  for (const address of [
    '10.19.255.255',
    '10.21.0.0',
    '::ffff:10.21.0.0',
    'fd11:ffff::',
    'fd13::',
    '2002:a14:101::',
  ])
    t.equal(judge(address), 'refused', address);
  t.equal(judge('64:ff9b::8.8.8.8'), 'public', 'through NAT64 what is public without it');
  t.equal(judge('64:ff9b::10.20.0.1'), 'allowed', 'and what is allowed without it');
  t.equal(judge('64:ff9b::127.0.0.1'), 'refused', 'but not this');
  t.equal(addressRules(['::/0']).judge('::ffff:127.0.0.1'), 'refused', 'IPv4 is allowed by IPv4 entries');
  t.equal(addressRules(['0.0.0.0/0']).judge('::1'), 'refused', 'and IPv6 by IPv6 entries');
});

t.test('any entry changes the verdict of its own addresses only', async () => {
  const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(number, number, fc.integer({ min: 0, max: 32 }), (base, other, prefix) => {
      const near = (base ^ (other >>> prefix)) >>> 0; // often inside the network
      const inside = BigInt(near) >> BigInt(32 - prefix) === BigInt(base) >> BigInt(32 - prefix);
      const { judge } = addressRules([`${dotted(base)}/${prefix}`]);
      const mapped = `::ffff:${(near >>> 16).toString(16)}:${(near & 0xffff).toString(16)}`;
      return (
        judge(dotted(near)) === (inside ? 'allowed' : strict.judge(dotted(near))) &&
        judge(mapped) === (inside ? 'allowed' : 'refused')
      );
    }),
    { numRuns: 500 },
  );
});

t.test('networks', async (t) => {
  for (const good of ['10.0.0.0/8', '0.0.0.0/0', '1.2.3.4/32', '::/0', 'fd00::/8', 'FD00::1/128', '::1/128'])
    t.ok(isNetwork(good), good);
  const bad = [
    '',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    ' 10.0.0.0/8',
  ];
  for (const text of [...bad, 'fd00::/129', '::ffff:10.0.0.0/104', 'fe80::1%lo/64', 'a/8', '1.2.3.4/8/8'])
    t.notOk(isNetwork(text), JSON.stringify(text));
  t.throws(() => openCaller({ allowedNetworks: ['office'] }), { message: /not a network.*office/ });
});

t.test('URLs that may be configured', async (t) => {
  const good =
    words(`https://agency.example/in?a=1 https://agency.example:8443 https://8.8.8.8/ https://[2a00::1]/
    https://بلدية.example/`);
  for (const url of good) t.equal(urlFault(url, none), undefined, url);
  const local = { allowedNetworks: ['127.0.0.0/8', '::1/128'] };
  const near = words(`http://127.0.0.1:8080/ http://[::1]/ http://[::ffff:127.0.0.1]/ http://localhost/
    https://localhost/ http://inside.example/`);
  for (const url of near) t.equal(urlFault(url, local), undefined, url);
  for (const url of words('http://8.8.8.8/ http://10.0.0.1/ http://[fd00::1]/'))
    t.match(urlFault(url, local), /https/, url);
  t.match(urlFault('https://10.0.0.1/', local), /private/);
});

t.test('URLs that may not, in all spellings', async (t) => {
  const refused: [fault: RegExp, urls: string[]][] = [
    [
      /must begin with https/,
      words(`http://agency.example/ ftp://agency.example/ file:///etc/passwd javascript:1 ws://agency.example
        http://127.0.0.1/ http://localhost/`),
    ],
    [
      /absolute/,
      words(`agency.example /in https:// https://[::1 https://1.2.3.256/ https://agency.example:99999/
        https://[fe80::1%25lo]/`),
    ],
    [
      /user name/,
      words('https://user:x@agency.example/ https://user@agency.example/ https://:x@agency.example/'),
    ],
    [/fragment/, words('https://agency.example/#x https://agency.example/#')],
    [
      /private/,
      words(`https://127.0.0.1/ https://127.1/ https://127.0.0.1./ https://2130706433/ https://0x7f000001/
        https://0x7f.1/ https://017700000001/ https://0177.0.0.01/ https://１２７.0.0.1/ https://127%2e0.0.1/ https://0/
        https://10.1/ https://169.254.169.254/latest/meta-data https://[::1]/ https://[0:0:0:0:0:0:0:1]/ https://[::]/
        https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/ https://[64:ff9b::7f00:1]/ https://[2002:7f00:1::]/
        https://[fd00::1]/ https://[fe80::1]/ https://localhost/ https://LOCALHOST./ https://a.localhost/`),
    ],
    [
      /blanks/,
      [
        'https://agency.example/a b',
        ' https://agency.example/',
        'https://agency\n.example/',
        'https://agency.example\\@10.0.0.1/',
        'https:\\\\agency.example/',
        'https://agency.example/\u0000',
      ],
    ],
  ];
  for (const [fault, urls] of refused)
    for (const url of urls) t.match(urlFault(url, none), fault, JSON.stringify(url));
});

t.test('no number in any base that means a private address gets through', async () => {
  const { judge } = strict;
  const hosts: ((n: number) => string)[] = [
    String,
    (n) => `0x${n.toString(16)}`,
    (n) => `0${n.toString(8)}`,
    dotted,
  ];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(...hosts), (n, host) => {
      const refused = urlFault(`https://${host(n)}/`, none) !== undefined;
      return refused === (judge(dotted(n)) === 'refused');
    }),
    { numRuns: 500 },
  );
});

t.test('a name is judged when it is connected to, by the address that is used', async (t) => {
  const good = await startHostileServer(t, (socket, text) => (answering(200)(socket, text), socket.end()), {
    host: '127.0.0.2',
  });
  const forbidden = await startHostileServer(t, answering(200), { port: good.port });
  const answers = [
    ['127.0.0.2'],
    ['127.0.0.1'],
    ['127.0.0.1', '127.0.0.2'],
    ['::ffff:127.0.0.1', '::1', '10.0.0.1'],
    [],
  ];
  let asked = 0;
  const lookup: LookupFunction = (_, __, callback) =>
    callback(
      null,
      (answers[asked++] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  const caller = openCaller({ allowedNetworks: ['127.0.0.2/32'], lookup });
  t.teardown(() => caller.close());
  const call = () => caller.post(`http://rebinding.example:${good.port}/`, request);

  t.match(await call(), { ok: true, status: 200 }, 'at first where it may be');
  const refused = { ok: false, failure: 'refused-address', maySent: false };
  t.match(await call(), refused, 'then somewhere else');
  t.match(await call(), { ok: true, status: 200 }, 'of several addresses those that may be used');
  t.match(await call(), refused, 'none of them may');
  t.match(await call(), refused, 'no address at all');
  t.equal(asked, answers.length, 'each connection asked anew');
  t.same([good.connections.length, forbidden.connections.length], [2, 0]);
});

t.test('a refusal says nothing of the network inside', async (t) => {
  const lookup: LookupFunction = (_, __, callback) => callback(null, '10.77.0.3', 4);
  const caller = openCaller({ ...none, lookup });
  t.teardown(() => caller.close());
  const result = await caller.post('https://inside.example/', request);
  t.match(result, { ok: false, failure: 'refused-address', maySent: false });
  t.notMatch(JSON.stringify(result), /10\.77/);
});

t.test('a public name is not called without TLS, a private literal not at all', async (t) => {
  const lookup: LookupFunction = (_, __, callback) => callback(null, '8.8.8.8', 4);
  const caller = openCaller({ allowedNetworks: ['10.0.0.0/8'], lookup });
  t.teardown(() => caller.close());
  for (const url of [
    'http://public.example/',
    'http://8.8.8.8/',
    'https://192.168.0.1/',
    'https://[::1]/',
    'https://u:p@public.example/',
  ])
    t.match(await caller.post(url, request), { ok: false, failure: 'refused-address', maySent: false }, url);
});

function dotted(n: number): string {
  return [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.');
}

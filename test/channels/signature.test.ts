// The signature profile against its standards (vectors of RFC 9421 and RFC 9530), against another implementation
// (http-message-signatures), against every single-byte change, and against hostile headers.

import { createHmac, createPrivateKey, createPublicKey, createSecretKey, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import t from 'tap';
import { contentDigestFault, makeContentDigest } from '../../src/channels/credentials/content-digest.ts';
import { signRequest, type SigningKey } from '../../src/channels/credentials/sign-request.ts';
import {
  signatureBase,
  splitTarget,
  type HttpRequest,
} from '../../src/channels/credentials/signature-base.ts';
import {
  LONGEST_HEADER,
  parseSignatureInput,
  parseSignatures,
} from '../../src/channels/credentials/signature-input.ts';
import { verifySignature, type SignatureKey } from '../../src/channels/credentials/verify-signature.ts';

// RFC 9421 B.1.4, B.1.5 and the request of B.2.
const SECRET = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';
const ED25519_PUBLIC = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`;
const ED25519_PRIVATE = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`;
const rfcRequest: HttpRequest = {
  method: 'POST',
  authority: 'example.com',
  path: '/foo',
  query: 'param=Value&Pet=dog',
  headers: {
    host: 'example.com',
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-digest':
      'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    'content-length': '18',
  },
  body: Buffer.from('{"hello": "world"}'),
};

const CREATED = 1618884473;
const NOW_MS = CREATED * 1000;
const hmacKey: SignatureKey = {
  keyId: 'test-shared-secret',
  algorithm: 'hmac-sha256',
  key: createSecretKey(SECRET, 'base64'),
};
const edKey: SignatureKey = {
  keyId: 'test-key-ed25519',
  algorithm: 'ed25519',
  key: createPublicKey(ED25519_PUBLIC),
};
const keys = new Map([hmacKey, edKey].map((key) => [key.keyId, key]));
const keyOf = (keyId: string) => keys.get(keyId);
const hmacSigner: SigningKey = { algorithm: 'hmac-sha256', secret: SECRET };
const edSigner: SigningKey = { algorithm: 'ed25519', privateKey: ED25519_PRIVATE };
const signers: [string, SigningKey][] = [
  ['test-shared-secret', hmacSigner],
  ['test-key-ed25519', edSigner],
];

const BODY = Buffer.from('{"reference":"A-1","billerCode":"om-social"}');

interface Sent {
  keyId?: string;
  key?: SigningKey;
  method?: string;
  target?: string;
  body?: Buffer | undefined;
  created?: number;
  expires?: number;
  cover?: string[];
  headers?: Record<string, string>;
}

/** A signed request as the gateway receives it. */
function sent(of: Sent = {}): HttpRequest {
  const { method = 'POST', target = '/v1/payments?dry=1', created = CREATED, key = hmacSigner } = of;
  const body = 'body' in of ? of.body : BODY;
  const signed = signRequest({
    method,
    url: `https://pay.example:8443${target}`,
    headers: { 'Content-Type': 'application/json', ...of.headers },
    body,
    keyId: of.keyId ?? 'test-shared-secret',
    created,
    ...(of.expires === undefined ? {} : { expires: of.expires }),
    ...(of.cover === undefined ? {} : { cover: of.cover }),
    ...key,
  });
  return { method, authority: 'pay.example:8443', ...splitTarget(target), headers: signed.headers, body };
}

function withHeaders(request: HttpRequest, headers: Record<string, string | undefined>): HttpRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

function reasonOf(request: HttpRequest, nowMs = NOW_MS): string {
  const verdict = verifySignature(request, keyOf, nowMs);
  return verdict.ok ? 'accepted' : verdict.reason;
}

/** Signs a list of components by hand, for profiles that signRequest would not write. */
function handSigned(request: HttpRequest, params: string): HttpRequest {
  const parsed = parseSignatureInput(`sig1=${params}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const base = signatureBase(request, parsed.value[0]?.components ?? [], params);
  if (!base.ok) throw new Error(base.reason);
  const signature = createHmac('sha256', hmacKey.key).update(base.value).digest('base64');
  return withHeaders(request, { 'signature-input': `sig1=${params}`, signature: `sig1=:${signature}:` });
}

t.test('RFC 9421 B.2.5: hmac-sha256', async (t) => {
  const header = 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"';
  const parsed = parseSignatureInput(header);
  if (!parsed.ok) return t.fail(parsed.reason);
  const [input] = parsed.value;
  t.match(input, { label: 'sig-b25', created: CREATED, keyid: 'test-shared-secret' });
  const base = signatureBase(rfcRequest, input?.components ?? [], input?.params ?? '');
  const expected = [
    '"date": Tue, 20 Apr 2021 02:07:55 GMT',
    '"@authority": example.com',
    '"content-type": application/json',
    '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
  ].join('\n');
  t.same(base, { ok: true, value: expected });
  const signature = createHmac('sha256', hmacKey.key).update(expected).digest('base64');
  t.equal(signature, 'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=');
  t.same(parseSignatures(`sig-b25=:${signature}:`), {
    ok: true,
    value: [{ label: 'sig-b25', base64: signature }],
  });
});

t.test('RFC 9421 B.2.6: ed25519', async (t) => {
  const params =
    '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
  const parsed = parseSignatureInput(`sig-b26=${params}`);
  if (!parsed.ok) return t.fail(parsed.reason);
  const base = signatureBase(rfcRequest, parsed.value[0]?.components ?? [], params);
  const expected = [
    '"date": Tue, 20 Apr 2021 02:07:55 GMT',
    '"@method": POST',
    '"@path": /foo',
    '"@authority": example.com',
    '"content-type": application/json',
    '"content-length": 18',
    `"@signature-params": ${params}`,
  ].join('\n');
  t.same(base, { ok: true, value: expected });
  const published =
    'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';
  t.ok(verify(null, Buffer.from(expected), edKey.key, Buffer.from(published, 'base64')));
  t.equal(sign(null, Buffer.from(expected), createPrivateKey(ED25519_PRIVATE)).toString('base64'), published);
});

t.test('RFC 9421 §2.1 and §2.2: how components are written', async (t) => {
  const request: HttpRequest = {
    method: 'GET',
    authority: 'WWW.Example.com',
    path: '',
    query: '',
    headers: { 'x-list': ['  a ', 'b, c'], 'x-empty': '', 'x-space': '  one   two  ' },
  };
  const names = ['@authority', '@path', '@query', 'x-list', 'x-empty', 'x-space'];
  t.same(signatureBase(request, names, '()'), {
    ok: true,
    value:
      '"@authority": www.example.com\n"@path": /\n"@query": ?\n"x-list": a, b, c\n"x-empty": \n' +
      '"x-space": one   two\n"@signature-params": ()',
  });
  const refused = (components: string[], of: Partial<HttpRequest> = {}) => {
    const base = signatureBase({ ...request, ...of }, components, '()');
    return base.ok ? base.value : base.reason;
  };
  t.match(refused(['@target-uri']), /not supported; cover "@method"/);
  t.match(refused(['x-absent']), /no such header/);
  t.match(refused(['constructor']), /no such header/, 'not a property of the prototype');
  t.match(refused(['__proto__']), /no such header/);
  t.match(refused(['x-list'], { headers: { 'x-list': 'a\n"@method": POST' } }), /plain ASCII on one line/);
  t.match(refused(['@path'], { path: '/caf\u00e9' }), /plain ASCII/);
  t.same(splitTarget('/a?b?c'), { path: '/a', query: 'b?c' });
  t.same(splitTarget('/a'), { path: '/a', query: '' });
});

t.test('RFC 9530: Content-Digest', async (t) => {
  const sha512 = rfcRequest.headers['content-digest'] as string;
  t.equal(makeContentDigest(rfcRequest.body ?? BODY, 'sha-512'), sha512);
  t.equal(contentDigestFault(sha512, rfcRequest.body), undefined);
  // RFC 9530 appendix B: the document with a line feed at its end.
  const json = Buffer.from('{"hello": "world"}\n');
  const sha256 = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';
  const long512 =
    'sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:';
  t.equal(makeContentDigest(json), sha256);
  t.equal(makeContentDigest(json, 'sha-512'), long512);
  t.equal(contentDigestFault(`${sha256}, ${long512}`, json), undefined);
  t.equal(contentDigestFault(`md5=:AAAA:,${sha256}`, json), undefined, 'an unknown algorithm is passed over');
  t.equal(contentDigestFault(makeContentDigest(Buffer.alloc(0))), undefined, 'of no body');

  const wrong = long512.replace('YMAa', 'ZMAa');
  t.match(contentDigestFault(`${sha256}, ${wrong}`, json), /sha-512 is not that of the 19 bytes/);
  t.match(contentDigestFault(sha256, BODY), /sha-256 is not that of the 44 bytes/);
  t.match(contentDigestFault('md5=:AAAA:', json), /must hold sha-256 or sha-512/);
  t.match(contentDigestFault(`${sha256}, ${sha256}`, json), /sha-256 twice/);
  t.match(contentDigestFault('', json), /character 1/);
  t.match(contentDigestFault(`${sha256},`, json), /character \d+/);
  t.match(contentDigestFault(sha256.slice(0, -1), json), /character 1/);
  t.match(contentDigestFault('sha-256="RK/0"', json), /character 1/);
  t.match(contentDigestFault('x'.repeat(5000), json), /longer than/);
});

t.test('what signRequest signs is accepted', async (t) => {
  for (const [keyId, key] of signers) {
    const accept = (of: Sent) => verifySignature(sent({ keyId, key, ...of }), keyOf, NOW_MS);
    t.same(accept({}), { ok: true, key: keys.get(keyId) });
    t.match(accept({ method: 'GET', target: '/v1/payments', body: undefined }), { ok: true });
    t.match(accept({ method: 'GET', target: '/', body: Buffer.alloc(0) }), { ok: true });
    t.match(accept({ cover: ['Content-Type'], expires: CREATED + 10 }), { ok: true });
    t.match(accept({ target: '/v1/x%20y?a=%D8%A7&a=b' }), { ok: true });
  }
  t.throws(() => sent({ cover: ['x-absent'] }), /no such header/);
});

t.test('another implementation signs, we accept; we sign, it accepts', async (t) => {
  const url = 'https://pay.example:8443/v1/payments?dry=1';
  for (const [keyId, key] of signers) {
    const signer =
      key.algorithm === 'hmac-sha256'
        ? createSigner(Buffer.from(SECRET, 'base64'), 'hmac-sha256', keyId)
        : createSigner(ED25519_PRIVATE, 'ed25519', keyId);
    const theirs = await httpbis.signMessage(
      {
        key: signer,
        fields: ['@method', '@authority', '@path', '@query', 'content-digest', 'content-type'],
        paramValues: {
          created: new Date(NOW_MS),
          expires: new Date(NOW_MS + 60_000),
          nonce: 'n-1',
          tag: 'pay',
        },
        params: ['created', 'expires', 'keyid', 'alg', 'nonce', 'tag'],
      },
      {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', 'content-digest': makeContentDigest(BODY, 'sha-512') },
      },
    );
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(theirs.headers)) headers[name.toLowerCase()] = value;
    const received = {
      method: 'POST',
      authority: 'pay.example:8443',
      ...splitTarget('/v1/payments?dry=1'),
      headers,
    };
    t.match(verifySignature({ ...received, body: BODY }, keyOf, NOW_MS), { ok: true }, `theirs, ${keyId}`);

    const secret = key.algorithm === 'hmac-sha256' ? Buffer.from(SECRET, 'base64') : ED25519_PUBLIC;
    const ours = signRequest({
      method: 'POST',
      url,
      body: BODY,
      keyId,
      headers: { Host: 'pay.example:8443' },
      ...key,
    });
    const accepted = await httpbis.verifyMessage(
      { keyLookup: async () => ({ id: keyId, verify: createVerifier(secret, key.algorithm) }) },
      { method: 'POST', url, headers: ours.headers },
    );
    t.equal(accepted, true, `ours, ${keyId}`);
  }
});

t.test('any single-byte change of a covered thing is refused', async () => {
  const change = (text: string, at: number, code: number): string => {
    const place = at % text.length;
    return text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1);
  };
  const things = ['method', 'authority', 'path', 'query', 'body', 'content-digest', 'content-type'] as const;
  const headers = ['signature-input', 'signature'] as const;
  const thing = fc.constantFrom(...things, ...headers);
  for (const [keyId, key] of signers) {
    const request = sent({ keyId, key, cover: ['content-type'] });
    const property = fc.property(thing, fc.nat(), fc.integer({ min: 0, max: 255 }), (what, at, code) => {
      let changed: HttpRequest;
      if (what === 'body') {
        const text = change(BODY.toString('latin1'), at, code);
        fc.pre(text !== BODY.toString('latin1'));
        changed = { ...request, body: Buffer.from(text, 'latin1') };
      } else {
        const isPart = what === 'method' || what === 'authority' || what === 'path' || what === 'query';
        const before = isPart ? request[what] : String(request.headers[what]);
        const after = change(before, at, code);
        fc.pre(what === 'authority' ? after.toLowerCase() !== before : after !== before);
        changed = isPart ? { ...request, [what]: after } : withHeaders(request, { [what]: after });
      }
      return !verifySignature(changed, keyOf, NOW_MS).ok;
    });
    fc.assert(property, { numRuns: key.algorithm === 'ed25519' ? 1500 : 4000 });
  }
});

t.test('the profile: each refusal says what to change', async (t) => {
  t.match(reasonOf(sent(), NOW_MS + 300_000), /accepted/);
  t.match(reasonOf(sent(), NOW_MS - 300_000), /accepted/);
  t.match(reasonOf(sent(), NOW_MS + 301_000), /created lies 301 s behind our clock, which says 1618884774/);
  t.match(reasonOf(sent(), NOW_MS - 301_000), /created lies 301 s ahead of our clock/);
  t.match(reasonOf(sent({ expires: CREATED + 5 }), NOW_MS + 5_000), /accepted/);
  t.match(reasonOf(sent({ expires: CREATED + 5 }), NOW_MS + 5_001), /expired at 1618884478/);
  t.match(reasonOf(sent({ keyId: 'nobody' })), /keyid "nobody" is not known/);
  t.match(reasonOf(sent({ keyId: 'test-key-ed25519' })), /ed25519 signature sig1 does not match/);
  t.match(reasonOf(sent({ key: edSigner })), /hmac-sha256 signature sig1 does not match/);
  t.match(reasonOf({ ...sent(), body: Buffer.from('{}') }), /sha-256 is not that of the 2 bytes/);
  t.match(reasonOf({ ...sent(), body: undefined }), /sha-256 is not that of the 0 bytes/);
  t.match(reasonOf({ ...sent({ body: undefined }), body: BODY }), /must cover "content-digest"/);
  t.match(reasonOf(withHeaders(sent(), { 'content-digest': undefined })), /no such header/);
  t.match(reasonOf(withHeaders(sent(), { signature: undefined })), /header Signature is missing/);
  t.match(
    reasonOf(withHeaders(sent(), { 'signature-input': undefined })),
    /header Signature-Input is missing/,
  );

  const get = sent({ method: 'GET', body: undefined });
  const all = '("@method" "@authority" "@path" "@query")';
  const byHand = (params: string) => reasonOf(handSigned(get, params));
  t.equal(byHand(`${all};created=${CREATED};keyid="test-shared-secret"`), 'accepted');
  t.equal(byHand(`${all};keyid="test-shared-secret";alg="hmac-sha256";created=${CREATED}`), 'accepted');
  t.match(byHand(`${all};keyid="test-shared-secret"`), /created is missing/);
  t.match(byHand(`${all};created=${CREATED}`), /keyid is missing/);
  t.match(
    byHand(`${all};created=${CREATED};keyid="test-shared-secret";alg="ed25519"`),
    /alg must be "hmac-sha256"/,
  );
  for (const name of ['@method', '@authority', '@path', '@query']) {
    const params = `${all.replace(`"${name}"`, '"content-type"')};created=${CREATED};keyid="test-shared-secret"`;
    t.match(byHand(params), new RegExp(`must cover "${name}"`));
  }

  const verdict = verifySignature({ ...get, path: '/v1/other' }, keyOf, NOW_MS);
  t.match(verdict.ok ? '' : verdict.signatureBase, /^"@method": GET\n.*\n"@path": \/v1\/other\n/);
});

t.test('an Ed25519 signature has one spelling, and only 64 bytes are one', async (t) => {
  const request = sent({ keyId: 'test-key-ed25519', key: edSigner });
  const [, base64 = ''] = /:(.*):/.exec(String(request.headers['signature'])) ?? [];
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = alphabet.indexOf(base64[85] ?? '');
  const respelled = `${base64.slice(0, 85)}${alphabet[last ^ 1]}==`;
  t.same(Buffer.from(respelled, 'base64'), Buffer.from(base64, 'base64'), 'the same bytes');
  for (const text of [respelled, base64.slice(0, 86), base64.slice(0, 84), '', '=']) {
    t.match(reasonOf(withHeaders(request, { signature: `sig1=:${text}:` })), /does not match/);
  }
});

t.test('several signatures: the one whose key we know counts, wherever it stands', async (t) => {
  const request = sent();
  const input = String(request.headers['signature-input']);
  const signature = String(request.headers['signature']);
  const proxy = 'proxy=("@method");created=1;keyid="proxy-key"';
  const beside = (inputs: string | string[], signatures: string | string[]) => ({
    ...request,
    headers: { ...request.headers, 'signature-input': inputs, signature: signatures },
  });
  t.equal(reasonOf(beside(`${proxy}, ${input}`, `proxy=:AAAA:,\t${signature}`)), 'accepted');
  t.equal(
    reasonOf(beside([input, proxy], [signature, 'proxy=:AAAA:'])),
    'accepted',
    'in header lines of their own',
  );
  t.equal(
    reasonOf(beside(`${input}, ${proxy}`, signature)),
    'accepted',
    'the unknown one may lack its bytes',
  );
  const old = input.replace('sig1', 'old').replace(/created=\d+/, 'created=5');
  t.equal(reasonOf(beside(`${old}, ${input}`, `old=:AAAA:, ${signature}`)), 'accepted', 'two of known keys');
  t.match(reasonOf(beside(proxy, 'proxy=:AAAA:')), /keyid "proxy-key" is not known/);
  t.match(reasonOf(beside(input, 'proxy=:AAAA:')), /label sig1, but Signature has not/);
});

t.test('hostile headers give a reason, never an exception', async (t) => {
  const input = String(sent().headers['signature-input']);
  const long = 'x'.repeat(LONGEST_HEADER + 1);
  const inputs: [string, RegExp][] = [
    ['', /^Signature-Input, character 1: expected a label/],
    [long, /longer than 4096/],
    ['sig1', /expected a label/],
    ['Sig1=()', /expected a label in lower case/],
    ['sig1=', /expected component names/],
    ['sig1=("@method"', /expected component names/],
    ['sig1=("@method)', /expected component names/],
    ['sig1=("@method"  "@path")', /one space between/],
    ['sig1=( "@method")', /expected component names/],
    ['sig1=("@method";req)', /without parameters/],
    ['sig1=("@query-param";name="a")', /without parameters/],
    ['sig1=(@method)', /in double quotes/],
    ['sig1=("a\\"b")', /expected component names/],
    ['sig1=("Date")', /"Date" is not a component name in lower case/],
    ['sig1=("")', /"" is not a component name/],
    ['sig1=("caf\u00e9")', /is not a component name/],
    ['sig1=("@path" "@path")', /"@path" is there twice/],
    [`${input}, ${input}`, /the label sig1 is there twice/],
    ['a=(),b=(),c=(),d=(),e=()', /more than 4 signatures/],
    [`${input},`, /expected a label/],
    [`${input} x`, /expected the end/],
    ['sig1=() ;created=1', /expected the end/],
    ['sig1=(); created=1', /without spaces/],
    ['sig1=();created', /after the list come/],
    ['sig1=();created=', /whole seconds/],
    ['sig1=();created=1.5', /whole seconds/],
    ['sig1=();created=-1', /whole seconds/],
    ['sig1=();created=01', /whole seconds/],
    ['sig1=();created="1"', /whole seconds/],
    ['sig1=();created=9999999999999999', /whole seconds/],
    ['sig1=();created=1;created=1', /the parameter created is there twice/],
    ['sig1=();keyid="a";keyid="b"', /the parameter keyid is there twice/],
    ['sig1=();keyid="a', /in double quotes/],
    ['sig1=();keyid=a', /in double quotes/],
    ['sig1=();keyid="\u00e9"', /plain text/],
    ['sig1=();keyid="a\\"b"', /plain text/],
    ['sig1=();secure', /and nothing else/],
    ['sig1=();__proto__="x"', /and nothing else/],
    ['sig1=();created=1;;', /and nothing else/],
    ['sig1=()', /keyid is missing/],
  ];
  for (const [header, reason] of inputs) {
    t.match(reasonOf(withHeaders(sent(), { 'signature-input': header })), reason, header.slice(0, 60));
  }
  const signatures: [string, RegExp][] = [
    ['', /^Signature, character 1: expected a label/],
    [long, /longer than 4096/],
    ['sig1=AAAA', /base64 between colons/],
    ['sig1=:AA-A:', /base64 between colons/],
    ['sig1=:AAAA', /base64 between colons/],
    ['sig1=:AAAA:;x=1', /expected the end/],
    ['sig1=:AAAA:, sig1=:AAAA:', /sig1 is there twice/],
    ['sig1="AAAA"', /base64 between colons/],
    ['sig1=::', /does not match/],
    [`sig1=:${'A'.repeat(4000)}:`, /does not match/],
    ['sig1=:\u00ff\u00fe:', /base64 between colons/],
  ];
  for (const [header, reason] of signatures) {
    t.match(reasonOf(withHeaders(sent(), { signature: header })), reason, header.slice(0, 60));
  }
});

t.test('no text in the headers is accepted or throws', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.stringMatching(/^sig1=[("@a-z );=0-9,:\\-]{0,120}$/),
    fc.constant(String(sent().headers['signature-input'])),
  );
  fc.assert(
    fc.property(text, text, text, (input, signature, digest) => {
      const request = withHeaders(sent(), { 'signature-input': input, signature, 'content-digest': digest });
      contentDigestFault(digest, BODY);
      return !verifySignature(request, keyOf, NOW_MS).ok;
    }),
    { numRuns: 3000 },
  );
});

t.test('more lists than are remembered are read all the same', async (t) => {
  for (let n = 0; n < 600; n += 1) {
    const parsed = parseSignatureInput(`sig1=("x-${n}")`);
    t.equal(parsed.ok && parsed.value[0]?.components[0], `x-${n}`);
  }
});

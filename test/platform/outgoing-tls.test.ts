// TLS: certificates are verified, whatever the environment says, and a handshake that fails means that nothing of the
// request was sent.
import { execFile } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { openCaller, type CallResult } from '../../src/platform/outgoing/index.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { answering, startHostileServer } from '../support/hostile-server.ts';

const request = { headers: {}, body: '{}', timeoutMs: 10_000 };
const notSent = { ok: false, failure: 'tls', maySent: false };

t.test('handshakes that fail', async (t) => {
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'] });
  t.teardown(() => caller.close());
  const unknown = await startHostileServer(t, answering(200), { tls: selfSignedCertificate('localhost') });
  t.match(await caller.post(`https://localhost:${unknown.port}/`, request), {
    ...notSent,
    detail: /DEPTH_ZERO_SELF_SIGNED_CERT/,
  });
  t.equal(unknown.requests.length, 0);

  const speaking = await bareServer(t, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  t.match(await caller.post(`https://127.0.0.1:${speaking}/`, request), notSent, 'a server without TLS');
  const leaving = await bareServer(t, (socket) => socket.once('data', () => socket.end()));
  t.match(await caller.post(`https://127.0.0.1:${leaving}/`, request), notSent, 'one that hangs up');
  const breaking = await bareServer(t, (socket) => socket.once('data', () => socket.resetAndDestroy()));
  t.match(await caller.post(`https://127.0.0.1:${breaking}/`, request), notSent, 'one that resets');
  const silent = await bareServer(t, () => undefined);
  t.match(
    await caller.post(`https://127.0.0.1:${silent}/`, { ...request, timeoutMs: 100 }),
    { ok: false, failure: 'timeout', maySent: false },
    'one that says nothing',
  );
});

t.test('certificates: the right name, of a known authority, in their time', async (t) => {
  const good = selfSignedCertificate('agency.test');
  const expired = selfSignedCertificate('agency.test', 2021);
  const authorities = path.join(
    t.testdir({ 'authorities.pem': good.cert + expired.cert }),
    'authorities.pem',
  );
  const trusted = await startHostileServer(t, answering(200), { tls: good });
  const late = await startHostileServer(t, answering(200), { tls: expired });
  const unknown = await startHostileServer(t, answering(200), { tls: selfSignedCertificate('agency.test') });
  const results = await callInProcess(
    [
      `https://agency.test:${trusted.port}/`,
      `https://other.test:${trusted.port}/`,
      `https://agency.test:${late.port}/`,
      `https://agency.test:${unknown.port}/`,
      `https://agency.test:${trusted.port}/again`,
    ],
    { NODE_EXTRA_CA_CERTS: authorities, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  );
  t.match(results, [
    { ok: true, status: 200 },
    { ...notSent, detail: /ERR_TLS_CERT_ALTNAME_INVALID/ },
    { ...notSent, detail: /CERT_HAS_EXPIRED/ },
    { ...notSent, detail: /SELF_SIGNED/ },
    { ok: true, status: 200 },
  ]);
  t.same([trusted.requests.length, late.requests.length, unknown.requests.length], [2, 0, 0]);
});

/** Known authorities are read once, when a process starts: a process of its own, in which every name is this machine. */
async function callInProcess(urls: string[], env: NodeJS.ProcessEnv): Promise<CallResult[]> {
  const program = `
    import { openCaller } from './src/platform/outgoing/index.ts';
    const lookup = (name, options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);
    const caller = openCaller({ allowedNetworks: ['127.0.0.1/32'], lookup });
    const results = [];
    for (const url of ${JSON.stringify(urls)}) results.push(await caller.post(url, ${JSON.stringify(request)}));
    await caller.close();
    console.log(JSON.stringify(results));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { cwd: path.join(import.meta.dirname, '../..'), env: { ...process.env, ...env } },
  );
  return JSON.parse(stdout) as CallResult[];
}

async function bareServer(
  t: { teardown(close: () => unknown): void },
  take: (socket: net.Socket) => void,
): Promise<number> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    take(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

// A story that stops keeps what it has told, and says why in a sentence.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { Scribe } from '../../src/demo/scribe.ts';
import { tellStory } from '../../src/demo/tell-story.ts';

t.test('told to its end, or as far as it came', async (t) => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/v1/bills/A' ? 200 : 409, { 'content-type': 'application/json' });
    response.end('{"code":"bill-in-debit"}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tell = (...paths: string[]) => {
    const scribe = new Scribe({ baseUrl, clients: {}, staff: [] });
    return tellStory(scribe, baseUrl, async () => {
      scribe.write('# A day');
      for (const path of paths) await scribe.call({ method: 'GET', path, expect: 200 });
      return { billNumber: 'A' };
    });
  };
  t.match(await tell('/v1/bills/A'), { text: /^# A day\n/, came: { billNumber: 'A' } });
  t.match(await tell('/v1/bills/A', '/v1/bills/B'), {
    text: /^# A day\n[^]*GET \/v1\/bills\/A/,
    stopped: 'the story stops: GET /v1/bills/B was answered 409, not 200: {"code":"bill-in-debit"}',
  });
  await new Promise((resolve) => server.close(resolve));
  t.match(await tell('/v1/bills/A'), {
    text: '# A day\n',
    stopped: `the story stops: ${baseUrl} does not answer; is it running? (npm start)`,
  });
  const scribe = new Scribe({ baseUrl, clients: {}, staff: [] });
  t.match(await tellStory(scribe, baseUrl, () => scribe.signIn('nobody').then(() => ({}))), {
    stopped: 'the story stops: demo.json has nobody called nobody',
  });
});

// docs/walkthrough.md is what really happens: the told day is played against a whole installation, twice, and both
// times it must tell the committed page. Written anew by `npm run wasit -- demo day --write docs/walkthrough.md`.
import fs from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { startWasit } from '../support/start-wasit.ts';

const page = path.join(import.meta.dirname, '../../docs/walkthrough.md');

await t.test('walkthrough', async (t) => {
  const { wasit } = await startWasit(t);
  const committed = (await fs.readFile(page, 'utf8')).trimEnd();

  await t.test('the day is as the page tells it', async (t) => {
    t.equal((await wasit('demo', 'day')).trimEnd(), committed);
  });

  await t.test('it can be played again, and the books hold', async (t) => {
    t.equal((await wasit('demo', 'day')).trimEnd(), committed);
    t.match(await wasit('books'), /The books hold/);
  });

  await t.test('as it was: with ids that the desk can trace', async (t) => {
    const told = await wasit('demo', 'day', '--as-is');
    const paymentId = /"paymentId": "(pay_\w{26})"/.exec(told)?.[1] ?? '';
    t.match(JSON.parse(await wasit('trace', paymentId, '--json')), {
      payments: [{ paymentId, channel: 'bank-one' }],
    });
    t.notMatch(told, /"<(time|paymentId 1)>"/);
  });

  await t.test('--write keeps the page', async (t) => {
    const file = path.join(t.testdir({}), 'day.md');
    await wasit('demo', 'day', '--write', file);
    t.equal((await fs.readFile(file, 'utf8')).trimEnd(), committed);
  });
});

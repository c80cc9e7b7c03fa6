// docs/walkthrough.md is what really happens: the told day is played against a whole installation, twice, and both
// times it must tell the committed page. Written anew by `npm run wasit -- demo day --write docs/walkthrough.md`.
import fs from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { forgetRun } from '../../src/demo/forget-run.ts';
import { startWasit } from '../support/start-wasit.ts';

const page = path.join(import.meta.dirname, '../../docs/walkthrough.md');

await t.test('walkthrough', async (t) => {
  const { wasit } = await startWasit(t);
  const committed = (await fs.readFile(page, 'utf8')).trimEnd();

  await t.test('the day is as the page tells it', async (t) => {
    t.equal((await wasit('demo', 'day')).trimEnd(), committed);
  });

  await t.test(
    'played again it is the same but for ids that the desk can trace, and the books hold',
    async (t) => {
      const file = path.join(t.testdir({}), 'day.md');
      await wasit('demo', 'day', '--as-is', '--write', file);
      const told = await fs.readFile(file, 'utf8');
      const [, run = ''] = /"BANK-([0-9a-f]{8})-0001"/.exec(told) ?? [];
      t.equal(forgetRun(told, run).trimEnd(), committed);
      t.notMatch(told, /"<(time|paymentId 1)>"/);
      const [, paymentId = ''] = /"paymentId": "(pay_\w{26})"/.exec(told) ?? [];
      t.match(JSON.parse(await wasit('trace', paymentId, '--json')), {
        payments: [{ paymentId, channel: 'bank-one' }],
      });
      t.match(await wasit('books'), /The books hold/);
    },
  );
});

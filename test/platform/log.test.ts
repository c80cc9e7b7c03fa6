// Nothing secret and no person's full name reaches a log line, at whatever depth somebody logs it.

import t from 'tap';
import { createLog } from '../../src/platform/log.ts';

t.test('secrets are hidden and personal words masked, by key, down to two steps', async (t) => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', stream: { write: (line) => void lines.push(line) } });
  const secret = 'S3CRET';
  const person = {
    payerName: 'Fatma Al Zahra',
    mobile: '+96824123456',
    email: 'fatma@example.om',
    maskedPan: '41111111****1234',
    account: '00799999000000020091',
    iban: 'OM810180000001299123456',
  };
  const keys = {
    authorization: secret,
    key: secret,
    password: secret,
    'signature-input': secret,
    quoteId: secret,
  };
  log.info({ ...keys, ...person });
  log.info({ headers: keys, body: person });
  log.info({ request: { headers: keys, body: person, payer: { name: 'Fatma Al Zahra' } } });
  log.info({ payer: { name: 'Fatma Al Zahra' }, queue: { name: 'deliveries' } });
  const text = lines.join('');
  t.equal(lines.length, 4);
  for (const word of [secret, 'Fatma', 'Zahra', '24123', 'fatma', '4111', '99999', '01299'])
    t.notMatch(text, word);
  t.match(text, 'F**** A* Z****');
  t.match(text, 'deliveries', 'names of things stay');
});

t.test('a line has its level and its time in words, and an error its cause', async (t) => {
  const lines: string[] = [];
  const log = createLog({ level: 'warn', stream: { write: (line) => void lines.push(line) } });
  log.info('not asked for');
  log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
  t.equal(lines.length, 1);
  t.match(JSON.parse(lines[0] ?? ''), {
    level: 'error',
    time: /^\d{4}-\d\d-\d\dT/,
    msg: 'failed',
    err: { stack: /inner/ },
  });
});

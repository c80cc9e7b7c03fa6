import { startServer, createDatabase, ask } from './server.ts';
import { makeWorld } from './world.ts';
import { fill } from './fill.ts';
import { closeOnInterrupt, closeAll } from './closing.ts';
closeOnInterrupt();
const server = await startServer();
const db = await createDatabase(server, 'scratch');
await makeWorld(db);
await fill(db, { openBills: 20000, paidBills: 200000 });
await ask(db.url, `update payment set business_date='2026-11-21'`);
await ask(
  db.url,
  `update payment_bill set unit='u'||(('x'||substr(md5(bill_number),1,2))::bit(8)::int % 20), service='s1', budget_line='4110'`,
);
await ask(db.url, 'vacuum full payment');
await ask(db.url, 'vacuum full payment_bill');
await ask(db.url, 'vacuum analyze payment, payment_bill');
console.log(db.url);
process.stdin.resume();
process.stdin.on('end', () => void closeAll().then(() => process.exit(0)));

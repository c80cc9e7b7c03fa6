// Closes a day in a process of its own that kills itself on the way: after so many things have been committed (the seal,
// each step), as a power cut would. Arguments: biller, business date, bills per step, after how many to die (0: never).
import { openDatabase } from '../../src/platform/db/index.ts';
import { closeDay } from '../../src/settlement/index.ts';

const [biller = '', businessDate = '', billsPerStep = '', dieAfter = ''] = process.argv.slice(2);
let left = Number(dieAfter);
const done = (): void => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};
const database = openDatabase(process.env['DATABASE_URL'] ?? '');
const closed = await closeDay(database, {
  billerId: Number(biller),
  businessDate,
  billsPerStep: Number(billsPerStep),
  onSealed: done,
  onStep: done,
});
await database.close();
process.exitCode = closed.ok ? 0 : 1;

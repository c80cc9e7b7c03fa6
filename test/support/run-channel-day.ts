// Matches a channel's day in a process of its own that kills itself on the way, as a power cut would. Arguments: channel,
// business date, after how many committed things to die (0: never).
import { openDatabase } from '../../src/platform/db/index.ts';
import { matchDay } from '../../src/reconciliation/channel-days/index.ts';

const [channel = '', businessDate = '', dieAfter = ''] = process.argv.slice(2);
let left = Number(dieAfter);
const database = openDatabase(process.env['DATABASE_URL'] ?? '');
const day = { channelId: Number(channel), businessDate };
const outcome = await matchDay(database, day, {
  onStep() {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
await database.close();
process.stdout.write(outcome);

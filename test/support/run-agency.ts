// A process that starts the demo agency and waits to be killed: `run-agency.ts DIR URL`.
import { runAgency } from '../../src/demo/index.ts';
import { createLog } from '../../src/platform/log.ts';

const [dataDir = '', url = ''] = process.argv.slice(2);
const { ready } = await runAgency(dataDir, url, createLog({ level: 'silent' }));
await ready;
console.log('ready');
setInterval(() => undefined, 60_000);

// A process that starts the embedded services and waits to be killed: `run-embedded.ts DIR PG_PORT REDIS_PORT`.
import { startEmbedded } from '../../src/platform/embedded/index.ts';

const [dataDir = '', pgPort, redisPort] = process.argv.slice(2);
const started = await startEmbedded({ dataDir, pgPort: Number(pgPort), redisPort: Number(redisPort) });
console.log(JSON.stringify({ databaseUrl: started.databaseUrl, redisUrl: started.redisUrl }));
setInterval(() => undefined, 60_000);

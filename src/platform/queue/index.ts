// Door of the queues.

export { openQueues, type JobQueue, type QueueParts, type Queues, type WorkOptions } from './open-queues.ts';

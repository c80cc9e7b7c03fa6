// Door of the positions: what each channel owes, has paid, and is late with.

export { registerPositionCommands } from './commands.ts';
export { positionSweep, type PositionJobParts } from './jobs.ts';
export { positionMetrics } from './metrics.ts';
export type { PostedPart } from './post.ts';
export { addOperatorsDue } from './store-due.ts';
export { receiveFromChannels, type ChannelTransfer, type Received } from './receive.ts';
export { positionRoutes, type PositionTools } from './routes.ts';
export { takeBackFromChannel } from './take-back.ts';

// Door of channels' days: what a channel says that it took on a business date, against what our books say.

export { registerReconcileCommand } from './commands.ts';
export type { DayKey } from './day.ts';
export {
  openChannelDayQueue,
  sweepChannelDays,
  workOnChannelDays,
  type ChannelDayParts,
  type ChannelDayQueue,
} from './jobs.ts';
export { matchDay, type MatchOptions, type MatchOutcome } from './match-day.ts';
export { channelDayMetrics } from './metrics.ts';
export { receiveDayFile, type DayUpload } from './receive-day-file.ts';
export { channelDayRoutes, type ChannelDayTools } from './routes.ts';
export { showDay } from './show-day.ts';

// Door of the messages to payers.

export { registerMessageCommands } from './commands.ts';
export type { Medium, Outgoing, Provider, Providers, SendResult } from './message.ts';
export { messageMetrics, type MessageMetrics } from './metrics.ts';
export { openMessages, type MessageOptions, type Messages } from './open-messages.ts';
export { planMessages, type Planned, type PlanParts } from './plan-messages.ts';
export { openProviders, type OpenedProviders, type ProviderOptions } from './providers.ts';
export { sendMessages, type SendParts } from './send-messages.ts';

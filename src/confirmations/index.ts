// Door of the confirmations: events to agencies. Messages to payers are the part `messages`.

export { registerEventCommands } from './commands.ts';
export { Deliveries } from './delivery/index.ts';
export { FeedWatch } from './feed-watch.ts';
export { startRelay, type Relay, type RelayParts } from './relay.ts';
export { confirmationRoutes, type ConfirmationTools } from './routes.ts';
export { setWebhook } from './set-webhook.ts';
export { TOLD } from './store-told.ts';

// Door of the channels room: who may take money, on which terms, at what fee, and how they prove who they are.

export { agreementAt, serves } from './agreement.ts';
export {
  METHODS,
  OUTLET_KINDS,
  type AgreementVersion,
  type Channel,
  type ChannelKind,
  type FeeLine,
  type Method,
  type OutletKind,
  type Route,
  type TariffLine,
  type Terms,
} from './channel.ts';
export { commissionFor, compileTerms, feeFor, type Charged, type CompiledTerms, type Fee } from './fees.ts';
export { FeeLineSchema, readTerms, TariffLineSchema, TermsSchema, type ReadTerms } from './check-terms.ts';
export { agreementKey, Directory, type CompiledAgreement, type Snapshot } from './directory.ts';
export {
  lockChannels,
  readPositions,
  readUsage,
  spend,
  takeOffDay,
  use,
  type PositionRow,
  type UsageRow,
} from './store-funds.ts';
export { callingBiller, callingChannel, keepGate, tooMany, type GatekeeperParts } from './gatekeeper.ts';
export { addChannel } from './add-channel.ts';
export { addKey } from './add-key.ts';
export { operatorsPerson } from './administrator.ts';
export { announcedDigests, UploadDigest } from './digest-upload.ts';
export type { AnnouncedDigests } from './credentials/index.ts';
export type { ChannelChange, ChannelSettings, LimitChange } from './channel-settings.ts';
export { registerCallCommand } from './call-command.ts';
export { configurationRoutes, type ConfigurationTools } from './routes.ts';
export { registerChannelCommands } from './commands.ts';
export { registerKeyCommands } from './key-commands.ts';
export { resumeChannel } from './resume-channel.ts';
export { listKeysOf, revokeKey } from './revoke-key.ts';
export { setAgreement, type AgreementParties } from './set-agreement.ts';
export { setChannel } from './set-channel.ts';
export { listChannels, showAgreement, showChannel } from './show-channel.ts';
export { suspendChannel } from './suspend-channel.ts';
export { isOperator } from './is-operator.ts';
export { ownChannel, ownChannelAlone, ownChannelIsPlain } from './own-channel.ts';
export { findBankAccount } from './store-bank-account.ts';
export { topUpKind } from './top-up-kind.ts';
export { topUpChannel, topUpIn, type TopUp } from './top-up-channel.ts';

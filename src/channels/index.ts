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
export { lockChannels, readPositions, readUsage, spend, use, type PositionRow, type UsageRow } from './store-funds.ts';

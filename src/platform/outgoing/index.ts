// Door of outgoing HTTP.

export { isNetwork } from './address-rules.ts';
export type { CallFailure, CallRequest, CallResult, Caller, CallerOptions } from './call.ts';
export { openCaller } from './caller.ts';
export { urlFault } from './checked-url.ts';

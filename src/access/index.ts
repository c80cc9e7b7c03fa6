// Door of the access room: who changes things, and the log of what they changed.

export { recordAudit, type Actor, type Change, type Outcome } from './record-audit.ts';
export { orRefuse } from './or-refuse.ts';

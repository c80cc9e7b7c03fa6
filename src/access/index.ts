// Door of the access room: who changes things, and the log of what they changed.

export type { Actor, Change, Outcome } from './change.ts';
export { orRefuse } from './or-refuse.ts';
export { actorOf, BELONGS, ROLES, type Person, type Role } from './person.ts';
export { recordAudit } from './record-audit.ts';

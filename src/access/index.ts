// Door of the access room: who changes things, the people who sign in, and the log of what they changed.

export { addStaff, type StaffWish } from './add-staff.ts';
export { callAsPerson, type ApiAnswer } from './call-as-person.ts';
export { callingPerson, callingSession } from './calling-person.ts';
export { bindStaff } from './bind-staff.ts';
export type { Actor, Change, Outcome } from './change.ts';
export { disableStaff, endAllSessions, listStaff, removeFactor, setPassword } from './change-staff.ts';
export { registerSessionCommands } from './session-commands.ts';
export { registerStaffCommands } from './staff-commands.ts';
export { newPassword } from './password-rules.ts';
export { orRefuse } from './or-refuse.ts';
export { auditRoutes } from './audit-routes.ts';
export { actorOf, BELONGS, ROLES, type Person, type Role } from './person.ts';
export { recordAudit } from './record-audit.ts';
export { Provider } from './provider.ts';
export { providerRoutes } from './provider-routes.ts';
export { sessionRoutes, signInRoute, type AccessTools } from './routes.ts';
export { sessionOf, type Session } from './session.ts';
export { PAGE_HEADER, sessionCookie } from './session-cookie.ts';
export { signIn } from './sign-in.ts';

// Somebody who signs in. An agency's people see their biller only, a channel's their channel only, the operator's
// everything. Roles are few on purpose: what each may decide stands with the kinds of request (approvals).

import type { Uuid } from '../kernel/ids.ts';
import type { Actor } from './change.ts';

export const ROLES = ['operator-admin', 'support', 'finance-officer', 'approver', 'channel-officer'] as const;
export type Role = (typeof ROLES)[number];

/** What a role belongs to: the operator's own people, those of an agency, those of a channel. */
export const BELONGS: Readonly<Record<Role, 'operator' | 'agency' | 'channel'>> = {
  'operator-admin': 'operator',
  support: 'operator',
  'finance-officer': 'agency',
  approver: 'agency',
  'channel-officer': 'channel',
};

export interface Person {
  readonly staffId: Uuid;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly billerId?: number;
  readonly channelId?: number;
  readonly billerCode?: string;
  readonly channelCode?: string;
  readonly language: 'ar' | 'fr' | 'en';
}

/** As the audit log knows a person who calls from `address`. */
export function actorOf(person: Person, address?: string): Actor {
  return { name: person.login, origin: 'api', ...(address !== undefined && { address }) };
}

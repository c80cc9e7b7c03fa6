// What a place of the console is, and what its page is given.

import type { ComponentType } from 'preact';
import type { IconName } from './parts/icon.tsx';
import type { Role, Staff } from './reach/session.ts';
import type { Words } from './words/words.ts';

export interface PageProps {
  readonly staff: Staff;
  /** What the address names, such as `{ paymentId }`. */
  readonly named: Readonly<Record<string, string>>;
}

export interface Place {
  /** `/console/payments/:paymentId` */
  readonly path: string;
  readonly name: keyof Words['places'];
  readonly roles: readonly Role[];
  /** In the navigation, and under which heading. */
  readonly stands?: { readonly in: keyof Words['groups']; readonly icon: IconName };
  readonly load: () => Promise<{ default: ComponentType<PageProps> }>;
}

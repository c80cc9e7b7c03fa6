// The places of agencies, channels and what they are told.

import type { Place } from './place.ts';
import { AGENCY, ALL, CHANNEL, OPERATOR } from './roles.ts';

export const PARTIES: readonly Place[] = [
  {
    path: '/console/billers',
    name: 'billers',
    roles: OPERATOR,
    stands: { in: 'parties', icon: 'bank' },
    load: () => import('./pages/billers.tsx'),
  },
  {
    path: '/console/billers/:code',
    name: 'biller',
    roles: OPERATOR,
    load: () => import('./pages/biller.tsx'),
  },
  {
    path: '/console/own-biller',
    name: 'ownBiller',
    roles: AGENCY,
    stands: { in: 'parties', icon: 'bank' },
    load: () => import('./pages/biller.tsx'),
  },
  {
    path: '/console/channels',
    name: 'channels',
    roles: OPERATOR,
    stands: { in: 'parties', icon: 'pay' },
    load: () => import('./pages/channels.tsx'),
  },
  {
    path: '/console/channels/:code',
    name: 'channel',
    roles: OPERATOR,
    load: () => import('./pages/channel.tsx'),
  },
  {
    path: '/console/position',
    name: 'position',
    roles: CHANNEL,
    stands: { in: 'money', icon: 'scale' },
    load: () => import('./pages/position.tsx'),
  },
  {
    path: '/console/keys',
    name: 'keys',
    roles: OPERATOR,
    stands: { in: 'parties', icon: 'key' },
    load: () => import('./pages/keys.tsx'),
  },
  {
    path: '/console/deliveries',
    name: 'deliveries',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'parties', icon: 'send' },
    load: () => import('./pages/deliveries.tsx'),
  },
  {
    path: '/console/audit',
    name: 'audit',
    roles: ALL,
    stands: { in: 'parties', icon: 'list' },
    load: () => import('./pages/audit.tsx'),
  },
];

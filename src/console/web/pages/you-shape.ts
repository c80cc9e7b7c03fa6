// What the pages read of one's own sessions and second factor.

export interface OwnSession {
  readonly sessionId: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly userAgent: string;
  readonly isCurrent: boolean;
}

export interface FactorState {
  readonly active: boolean;
  readonly required: boolean;
  readonly recoveryCodesLeft: number;
}

export interface Enrolment {
  readonly secret: string;
  readonly uri: string;
}

// In this order: each names the others that it descends from.
const BROWSERS = [
  [/Edg\/(\d+)/, 'Edge'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Chrome|Chromium|HeadlessChrome)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
] as const;
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'];

/** 'Firefox 140, Linux'; what is not known is shown as it calls itself. */
export function deviceOf(userAgent: string): string {
  const found = BROWSERS.flatMap(([pattern, name]) => {
    const version = pattern.exec(userAgent)?.[1];
    return version === undefined ? [] : [`${name} ${version}`];
  });
  const system = SYSTEMS.find((name) => userAgent.includes(name));
  return found[0] === undefined ? userAgent : [found[0], system].filter(Boolean).join(', ');
}

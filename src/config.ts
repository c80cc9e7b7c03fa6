// The environment, read once: every setting of Wasit as one checked, frozen object. Nobody else reads process.env.
// A bad value stops the start with one message that names each variable at fault; an empty variable counts as unset.
import path from 'node:path';
import { envSchema } from 'env-schema';
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { readOrCreateMasterKey } from './platform/embedded/index.ts';
import { isNetwork } from './platform/outgoing/index.ts';

const Port = (fallback?: number) => Type.Integer({ minimum: 1, maximum: 65535, default: fallback });
const Count = (fallback: number, maximum: number, minimum = 1) =>
  Type.Integer({ minimum, maximum, default: fallback });

const Environment = Type.Object({
  WASIT_HOST: Type.String({ default: '127.0.0.1' }),
  WASIT_PORT: Port(8080),
  WASIT_METRICS_PORT: Type.Optional(Port()),
  WASIT_PG_PORT: Type.Optional(Port()),
  WASIT_REDIS_PORT: Type.Optional(Port()),
  WASIT_AGENCY_PORT: Type.Optional(Port()),
  WASIT_DATA_DIR: Type.String({ default: '.wasit' }),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  REDIS_URL: Type.Optional(Type.String({ pattern: '^rediss?://' })),
  WASIT_MASTER_KEY: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' })),
  WASIT_LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
  }),
  WASIT_LANES: Count(2, 64),
  WASIT_GROUP_LIMIT: Count(512, 5000),
  WASIT_QUEUE_LIMIT: Count(8192, 1_000_000),
  WASIT_RATE_LIMIT: Count(50_000, 10_000_000),
  WASIT_DEADLINE_MS: Count(3500, 600_000),
  WASIT_LOOK_EVERY_MS: Count(5000, 60_000, 100),
  WASIT_DATABASE_POOL: Count(10, 1000),
  WASIT_SECOND_FACTOR: Type.Enum(['optional', 'required'], { default: 'optional' }),
  WASIT_OIDC_ISSUER: Type.Optional(Type.String()),
  WASIT_OIDC_CLIENT_ID: Type.Optional(Type.String()),
  WASIT_OIDC_CLIENT_SECRET: Type.Optional(Type.String()),
  WASIT_OIDC_REDIRECT: Type.Optional(Type.String()),
  WASIT_TRUST_PROXY: Type.Boolean({ default: false }),
  WASIT_SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://' })),
  WASIT_MAIL_FROM: Type.Optional(Type.String()),
  WASIT_SMS_PROVIDER: Type.Optional(Type.String()),
  WASIT_PRIVATE_NETWORKS: Type.Optional(Type.String()),
});
type Environment = Static<typeof Environment>;

/** What a value must look like, in words, where the schema's own message would be a regular expression. */
const expectations: Record<string, string> = {
  DATABASE_URL: 'must be a postgres:// address',
  REDIS_URL: 'must be a redis:// or rediss:// address',
  WASIT_MASTER_KEY: 'must be the base64 of 32 bytes (make one with: openssl rand -base64 32)',
  WASIT_SMTP_URL: 'must be an smtp:// or smtps:// address',
  WASIT_SECOND_FACTOR: 'must be optional or required',
  WASIT_LOG_LEVEL: 'must be one of fatal, error, warn, info, debug, trace, silent',
};
const secrets = new Set([
  'WASIT_OIDC_CLIENT_SECRET',
  'DATABASE_URL',
  'REDIS_URL',
  'WASIT_MASTER_KEY',
  'WASIT_SMTP_URL',
]);

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly pgPort: number;
  readonly redisPort: number;
  /** Of the demo agency, which goes with the embedded servers. */
  readonly agencyPort: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Absent: PostgreSQL is embedded. */
  readonly databaseUrl: string | undefined;
  /** Absent: Redis is embedded, or the queue lives in PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** As given, base64; read it through `loadMasterKey`. */
  readonly masterKey: string | undefined;
  readonly logLevel: Environment['WASIT_LOG_LEVEL'];
  /** Groups of payments in flight at once. */
  readonly lanes: number;
  /** Payments in one transaction at the most. */
  readonly groupLimit: number;
  /** Commands that may wait for a lane; one more is answered `overloaded`. */
  readonly queueLimit: number;
  /** How long a payment may wait before it is given up untried; with the lane's own time-outs it is answered within 10 s. */
  readonly deadlineMs: number;
  /** How often a worker looks for what is due; and how long a file in a drop folder must not have changed before it is taken. */
  readonly lookEveryMs: number;
  /** Requests a second of a client that has no rate of its own. */
  readonly rateLimit: number;
  /** Connections of one process. */
  readonly databasePool: number;
  readonly trustProxy: boolean;
  /** Absent: people sign in with passwords alone. */
  readonly oidc: OidcSettings | undefined;
  /** `required`: whoever signed in with a password alone may only enrol a second factor. */
  readonly secondFactor: Environment['WASIT_SECOND_FACTOR'];
  /** CIDR: the only private networks that agencies' and providers' addresses may be in, with or without TLS. */
  readonly privateNetworks: readonly string[];
  /** Absent: e-mails to payers are written to the outbox folder. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** The file that says how an SMS provider is called; absent: SMS are written to the outbox folder. */
  readonly smsProviderFile: string | undefined;
}

/** Throws one Error that names every variable at fault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const read = checked(env);
  const config: Config = {
    host: read.WASIT_HOST,
    port: read.WASIT_PORT,
    metricsPort: read.WASIT_METRICS_PORT ?? read.WASIT_PORT + 1,
    pgPort: read.WASIT_PG_PORT ?? read.WASIT_PORT + 2,
    redisPort: read.WASIT_REDIS_PORT ?? read.WASIT_PORT + 3,
    agencyPort: read.WASIT_AGENCY_PORT ?? agencyPort(read.WASIT_PORT),
    dataDir: path.resolve(read.WASIT_DATA_DIR),
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    masterKey: read.WASIT_MASTER_KEY,
    logLevel: read.WASIT_LOG_LEVEL,
    lanes: read.WASIT_LANES,
    groupLimit: read.WASIT_GROUP_LIMIT,
    rateLimit: read.WASIT_RATE_LIMIT,
    queueLimit: read.WASIT_QUEUE_LIMIT,
    deadlineMs: read.WASIT_DEADLINE_MS,
    lookEveryMs: read.WASIT_LOOK_EVERY_MS,
    databasePool: read.WASIT_DATABASE_POOL,
    trustProxy: read.WASIT_TRUST_PROXY,
    oidc: oidcSettings(read),
    secondFactor: read.WASIT_SECOND_FACTOR,
    smtpUrl: read.WASIT_SMTP_URL,
    mailFrom: read.WASIT_MAIL_FROM,
    smsProviderFile: read.WASIT_SMS_PROVIDER,
    privateNetworks: privateNetworks(read),
  };
  refusePortClash(config);
  return Object.freeze(config);
}

/**
 * The 32 bytes under which everything secret in the database is sealed. With a database of its own the installation
 * must be given WASIT_MASTER_KEY: a key made up on the spot would leave what another process sealed unreadable.
 */
export async function loadMasterKey(
  config: Pick<Config, 'masterKey' | 'databaseUrl' | 'dataDir'>,
): Promise<Buffer> {
  if (config.masterKey !== undefined) return Buffer.from(config.masterKey, 'base64');
  if (config.databaseUrl !== undefined)
    throw new Error(`WASIT_MASTER_KEY is required with DATABASE_URL: it ${expectations['WASIT_MASTER_KEY']}`);
  return readOrCreateMasterKey(config.dataDir);
}

function checked(env: NodeJS.ProcessEnv): Environment {
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && value.trim() !== '') data[name] = value.trim();
  try {
    return envSchema<Environment>({ schema: Environment, data, env: false });
  } catch (error) {
    if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) throw error;
    const complaints = (error.errors as { instancePath: string; message?: string }[]).map((fault) => {
      const name = fault.instancePath.slice(1);
      const given = secrets.has(name) ? '' : `, not ${JSON.stringify(env[name])}`;
      return `${name} ${expectations[name] ?? fault.message}${given}`;
    });
    throw new Error([...new Set(complaints)].join('; '), { cause: error });
  }
}

/** Out of the way of another installation that takes the next ports, and of the ports that the system hands out. */
function agencyPort(port: number): number {
  return port + 1000 < 32_768 ? port + 1000 : port - 1000;
}

/** All four, or none. */
function oidcSettings(read: Environment): OidcSettings | undefined {
  const {
    WASIT_OIDC_ISSUER: issuer,
    WASIT_OIDC_CLIENT_ID: clientId,
    WASIT_OIDC_CLIENT_SECRET: clientSecret,
    WASIT_OIDC_REDIRECT: base,
  } = read;
  if ([issuer, clientId, clientSecret, base].every((each) => each === undefined)) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || base === undefined)
    throw new Error(
      'WASIT_OIDC_ISSUER, WASIT_OIDC_CLIENT_ID, WASIT_OIDC_CLIENT_SECRET and WASIT_OIDC_REDIRECT go together',
    );
  for (const [name, url] of [
    ['WASIT_OIDC_ISSUER', issuer],
    ['WASIT_OIDC_REDIRECT', base],
  ] as const)
    if (!/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$))/.test(url) || !URL.canParse(url))
      throw new Error(`${name} must be an https:// address (http:// on this machine alone), not "${url}"`);
  return { issuer, clientId, clientSecret, redirectUri: new URL('/v1/sign-in/oidc/callback', base).href };
}

/** Everything on one machine: agencies may be on it too. Otherwise none but those named. */
function privateNetworks(read: Environment): readonly string[] {
  const given = read.WASIT_PRIVATE_NETWORKS;
  if (given === undefined) return Object.freeze(read.DATABASE_URL ? [] : ['127.0.0.0/8', '::1/128']);
  const networks = given.split(',').map((network) => network.trim());
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined)
    throw new Error(
      `WASIT_PRIVATE_NETWORKS must be networks like 10.20.0.0/16 or fd12::/16, separated by commas; ${JSON.stringify(wrong)} is none`,
    );
  return Object.freeze(networks);
}

function refusePortClash(config: Config): void {
  const embedded = config.databaseUrl === undefined;
  const ports: [string, number][] = [
    ['WASIT_PORT', config.port],
    ['WASIT_METRICS_PORT', config.metricsPort],
    ...(embedded ? ([['WASIT_PG_PORT', config.pgPort]] satisfies [string, number][]) : []),
    ...(embedded && config.redisUrl === undefined
      ? ([['WASIT_REDIS_PORT', config.redisPort]] satisfies [string, number][])
      : []),
    ...(embedded ? ([['WASIT_AGENCY_PORT', config.agencyPort]] satisfies [string, number][]) : []),
  ];
  const owner = new Map<number, string>();
  for (const [name, port] of ports) {
    if (port > 65535) throw new Error(`${name} would be ${port}: choose a WASIT_PORT of at most 65532`);
    const other = owner.get(port);
    if (other) throw new Error(`${other} and ${name} are both ${port}: each needs its own`);
    owner.set(port, name);
  }
}

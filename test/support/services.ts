// The addresses of the servers that `npm test` started. A test that runs without them is told how to be run.

/** A superuser's address of the database `postgres`. */
export function testDatabaseUrl(): string {
  return required('TEST_DATABASE_URL');
}

export function testRedisUrl(): string {
  return required('TEST_REDIS_URL');
}

/** The keys of the world that `npm test` made, by client. */
export function testWorldKeys(): ReadonlyMap<string, string> {
  return new Map(JSON.parse(required('TEST_WORLD_KEYS')) as [string, string][]);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run this test by \`npm test -- <file>\`, which starts the servers`);
  return value;
}

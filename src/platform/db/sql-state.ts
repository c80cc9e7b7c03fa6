// What a database error means for the caller. Source: PostgreSQL documentation, appendix A (SQLSTATE).

/** SQLSTATE of a driver error, or undefined when the connection itself was lost or never made. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Serialisation failure or deadlock: the same work may be tried again at once. */
export function isConflict(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01';
}

/** The connection or the server went away (class 08, 57P0x shutdowns) or a socket error without SQLSTATE. */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state === undefined) return true;
  return state.startsWith('08') || state.startsWith('57P');
}

// What a database error means for the caller. Source: PostgreSQL documentation, appendix A (SQLSTATE).

import knex from 'knex';
import pg from 'pg';

/** SQLSTATE of an error that the server reported; undefined for every other error. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Serialisation failure or deadlock: the same work may be tried again at once. */
export function isConflict(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01';
}

const DRIVER_LOSSES = [
  'Connection terminated',
  'not queryable',
  'timeout expired',
  'Query read timeout',
  'the session is closed',
];

/** The connection was lost or could not be made: class 08, a server shutting down (57P0x), a socket's or the driver's error. */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state !== undefined) return state.startsWith('08') || state.startsWith('57P');
  if (!(error instanceof Error)) return false;
  if ('syscall' in error || error instanceof AggregateError) return true;
  return DRIVER_LOSSES.some((words) => error.message.includes(words));
}

/** Not now, whatever is asked: no connection is free, or the server is out of room, read-only, locked, too slow. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlStateOf(error) ?? '';
  return (
    isConnectionLoss(error) ||
    isConflict(error) ||
    error instanceof knex.KnexTimeoutError ||
    ['57014', '25006', '55P03'].includes(state) ||
    state.startsWith('53') ||
    state === '58030'
  );
}

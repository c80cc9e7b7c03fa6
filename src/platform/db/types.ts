// How PostgreSQL values become JavaScript ones, in one place: int8 and sum(int8) as BigInt, date as text
// (a Date would shift it by the server's zone), instants as Date. Everything else as the driver does it.

import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;

export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === INT8) return BigInt;
      if (oid === DATE) return (text: string) => text;
      if (oid === NUMERIC) return refuseNumeric;
    }
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  },
};

/** numeric would arrive as text and be added like text: sums are cast back to int8 in the SQL. */
function refuseNumeric(text: string): never {
  throw new Error(`numeric ${text} reached the driver: cast it to bigint in the statement`);
}

// How the payments that debits have made are named: by what they are called at banks.

export const DEBIT_PREFIX = 'WSTD';

/** As a regular expression of PostgreSQL: the name of the debit (`endToEndIdOf`), of its further payments with a number. */
export const DEBIT_REFERENCES = `^${DEBIT_PREFIX}[0-7][0-9A-HJKMNP-TV-Z]{25}(:[0-9]+)?$`;

// What any request about payments may be answered, whatever it asks for.

export const usualProblems = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'too-many-requests',
  'overloaded',
] as const;

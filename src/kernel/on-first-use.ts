// For what is slow to make and seldom needed: a process that never asks for it need not wait for it when it starts.

/** Makes it when it is first asked for, and keeps it. */
export function onFirstUse<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

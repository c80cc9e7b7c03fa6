// What of a request may be seen: account numbers are sealed in it (keys that begin with `sealed`), and each sealing
// of the same number differs, so they are left out when requests are shown and when they are compared.

export function shownContent(content: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(content).filter(([key]) => !key.startsWith('sealed')));
}

// The address of a page is its state: where one is and what is filtered. Back, a reload and a sent link show the same.

import { useEffect, useState } from 'preact/hooks';

export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

const MOVED = 'wasit-moved';

function here(): Address {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function useAddress(): Address {
  const [address, setAddress] = useState(here);
  useEffect(() => {
    const look = (): void => setAddress(here());
    addEventListener('popstate', look);
    addEventListener(MOVED, look);
    return () => {
      removeEventListener('popstate', look);
      removeEventListener(MOVED, look);
    };
  }, []);
  return address;
}

/** `replaces`: a filter that is being chosen is no step to go back to. */
export function go(to: string, { replaces = false } = {}): void {
  if (replaces) history.replaceState(null, '', to);
  else {
    history.pushState(null, '', to);
    scrollTo(0, 0);
  }
  dispatchEvent(new Event(MOVED));
}

/** The address here with other values; '' and undefined take one away. A new filter begins at the first page. */
export function withQuery(changes: Readonly<Record<string, string | undefined>>): string {
  const { path, query } = here();
  if (!('after' in changes)) query.delete('after');
  for (const [name, value] of Object.entries(changes))
    if (value === undefined || value === '') query.delete(name);
    else query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** `path` with those of `values` that are given. */
export function pathWith(path: string, values: Readonly<Record<string, string | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  const text = query.toString();
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

// Reads of the API for a page: loading, there, or failed; again when asked or by the clock, while the page is seen. What was
// read before stays while it is read anew, so that nothing flickers.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { call, type Problem } from './call.ts';
import { endSession } from './session.ts';

export interface Read<T> {
  readonly body: T | undefined;
  readonly problem: Problem | undefined;
  readonly isReading: boolean;
  readonly again: () => void;
}

interface Found<T> {
  readonly path: string | undefined;
  readonly body?: T;
  readonly problem?: Problem;
}

/** `path` undefined: not yet. */
export function useRead<T>(path: string | undefined, { everyMs }: { everyMs?: number } = {}): Read<T> {
  const [found, setFound] = useState<Found<T>>({ path });
  const [round, setRound] = useState(0);
  const isReading = useRef(false);
  const again = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    if (path === undefined) return;
    const stopping = new AbortController();
    isReading.current = true;
    call<T>({ path, signal: stopping.signal })
      .then((answer) => {
        isReading.current = false;
        if (!answer.ok && answer.problem.status === 401) endSession();
        setFound((before) =>
          answer.ok
            ? { path, body: answer.body }
            : { path, ...(before.path === path && { body: before.body }), problem: answer.problem },
        );
      })
      // Only what is not wanted any more is thrown.
      .catch(() => undefined);
    return () => stopping.abort();
  }, [path, round]);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden && !isReading.current) again();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, again]);
  const isOther = found.path !== path;
  const body = isOther ? undefined : found.body;
  const problem = isOther ? undefined : found.problem;
  return { body, problem, isReading: body === undefined && problem === undefined, again };
}

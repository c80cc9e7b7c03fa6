// The machine around this page: its acceptor of notes and its printer, reached through whatever shell shows the page
// (docs/kiosk.md). Few messages, each a JSON text; the machine remembers what it has taken until it is told to forget.

export type ToMachine =
  | { readonly type: 'hello' }
  | { readonly type: 'accept'; readonly session: string; readonly currency: string; readonly most: string }
  | { readonly type: 'stack' | 'return'; readonly session: string; readonly note: string }
  | { readonly type: 'stop' | 'end'; readonly session: string }
  | { readonly type: 'print' };

interface Taken {
  readonly note: string;
  readonly value: string;
}

export type FromMachine =
  | {
      readonly type: 'ready';
      readonly session: string | null;
      readonly notes: readonly Taken[];
      readonly prints?: boolean;
    }
  | ({ readonly type: 'escrow' | 'stacked'; readonly session: string } & Taken)
  | { readonly type: 'returned'; readonly session: string; readonly note: string }
  | { readonly type: 'stopped'; readonly session: string }
  | { readonly type: 'fault'; readonly reason: string };

export interface Machine {
  send(message: ToMachine): void;
  /** Returns how to hear no more. */
  listen(hear: (message: FromMachine) => void): () => void;
}

declare global {
  interface Window {
    /** Put there by the shell before the page begins. */
    wasitBridge?: { send(message: string): void };
  }
}

const HEARD = 'wasit-bridge';

/** undefined: this browser is no machine. */
export function findMachine(): Machine | undefined {
  const bridge = window.wasitBridge;
  if (bridge === undefined) return undefined;
  return {
    send: (message) => bridge.send(JSON.stringify(message)),
    listen(hear) {
      const on = (event: Event): void => {
        if (event instanceof CustomEvent && typeof event.detail === 'string')
          hear(JSON.parse(event.detail) as FromMachine);
      };
      addEventListener(HEARD, on);
      return () => removeEventListener(HEARD, on);
    },
  };
}

/** A machine that does not say in time what it remembers is out of order. */
const GREETING_MS = 10_000;

/** What the machine remembers; undefined: it does not answer. */
export function greet(machine: Machine): Promise<Extract<FromMachine, { type: 'ready' }> | undefined> {
  return new Promise((resolve) => {
    const end = machine.listen((message) => {
      if (message.type !== 'ready') return;
      end();
      resolve(message);
    });
    setTimeout(() => {
      end();
      resolve(undefined);
    }, GREETING_MS);
    machine.send({ type: 'hello' });
  });
}

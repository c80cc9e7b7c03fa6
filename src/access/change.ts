// A change asked for by somebody: who asks, what came of it, and what the audit log keeps of it.

/** Who changes something: the operating system's user, a person, or a client's code. */
export interface Actor {
  readonly name: string;
  readonly origin: 'cli' | 'demo' | 'api' | 'worker';
  /** From where, when somebody called. */
  readonly address?: string;
}

/** What a change asked for by a person comes to; `reason` is for that person. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export interface Change {
  /** Noun and verb, such as `channel.suspend`. */
  readonly action: string;
  /** Kind and name of what was changed, such as `channel/bank-one`. */
  readonly subject: string;
  /** Rows as JSON; left out where there was, or is, nothing. Never a secret. */
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

// Calls the API as the person who is signed in. What is refused comes back as the problem document that the API answers, so
// that a page can say what to change; a line that is dead is a problem, too.

export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
  readonly requestId?: string;
  /** Further facts of the problem. */
  readonly [fact: string]: unknown;
}

export type Answer<T> =
  | { readonly ok: true; readonly body: T; readonly headers: Headers }
  | { readonly ok: false; readonly problem: Problem };

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Sent as JSON; a file as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** No answer came, or none that is to be understood. */
export const NO_ANSWER = 'no-answer';

let language = 'en';

/** In which problems are told. */
export function callIn(code: string): void {
  language = code;
}

export async function call<T>({ method = 'GET', path, body, headers, signal }: Call): Promise<Answer<T>> {
  const isFile = body instanceof Blob;
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: {
      'accept-language': language,
      // What changes something has to say that a page of ours sends it: another site's form cannot.
      'x-wasit-page': '1',
      ...(body !== undefined && !isFile && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  };
  try {
    const response = await fetch(path, init);
    if (response.ok) return { ok: true, body: (await readBody(response)) as T, headers: response.headers };
    return { ok: false, problem: await readProblem(response) };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { ok: false, problem: { code: NO_ANSWER, status: 0, title: '' } };
  }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return isJson ? response.json() : response.blob();
}

async function readProblem(response: Response): Promise<Problem> {
  const told = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const seconds = Number(response.headers.get('retry-after'));
  return {
    ...told,
    code: told.code ?? NO_ANSWER,
    status: response.status,
    title: told.title ?? '',
    ...(seconds > 0 && { retryAfterSeconds: seconds }),
  };
}

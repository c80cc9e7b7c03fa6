// Commands that a person gives as himself go over the API of the gateway that he is signed in at, with his session: what
// he may do is judged there and nowhere else.

import { CommandRefused, type CommandContext } from '../platform/cli/index.ts';
import { readSessionFile } from './session-file.ts';

/** With the code of the problem, for who can do something about it. */
export class ApiRefused extends CommandRefused {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly bytes: Buffer;
}

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object | undefined;
  /** Bytes instead of JSON. */
  readonly file?: { readonly mediaType: string; readonly bytes: Buffer };
}

/** Refuses (ApiRefused) with the words of the problem. */
export async function callAsPerson(context: CommandContext, call: ApiCall): Promise<ApiAnswer> {
  const session = await readSessionFile(context.dataDir);
  if (session === undefined) throw new CommandRefused('nobody is signed in here: wasit login --login LOGIN');
  return callApi(session.baseUrl, call, session.token);
}

export async function callApi(
  baseUrl: string,
  { method, path, body, file }: ApiCall,
  token?: string,
): Promise<ApiAnswer> {
  const sent = file?.bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(new URL(path, baseUrl), {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(sent !== undefined && { 'content-type': file?.mediaType ?? 'application/json' }),
    },
    ...(sent !== undefined && { body: sent }),
    redirect: 'manual',
  }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : error;
    throw new CommandRefused(`the gateway at ${baseUrl} cannot be reached: ${String(cause)}`);
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const parsed: unknown = isJson && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : undefined;
  if (response.status >= 400) throw problemOf(response.status, parsed);
  return { status: response.status, body: parsed, bytes };
}

function problemOf(status: number, problem: unknown): ApiRefused {
  if (typeof problem !== 'object' || problem === null)
    return new ApiRefused(`the gateway answered ${status}`, undefined);
  const { code, detail, errors } = problem as {
    code?: string;
    detail?: string;
    errors?: readonly { pointer: string; detail: string }[];
  };
  if (code === 'unauthenticated') return new ApiRefused('the session has ended: wasit login', code);
  const places = (errors ?? []).map((error) => `${error.pointer}: ${error.detail}`);
  return new ApiRefused([`${detail ?? status} (${code})`, ...places].join('\n'), code);
}

// Asking and deciding over HTTP, for tests of what comes of it.
import type { Answer, Client } from './client.ts';

export interface Shown {
  readonly approvalId: string;
  readonly state: string;
  readonly step: number;
  readonly round: number;
  readonly mayDecide: boolean;
  readonly summary: string;
  readonly content: Record<string, unknown>;
  readonly history: { readonly action: string; readonly by: { readonly login: string } | null }[];
  readonly attachments: { readonly attachmentId: string; readonly sha256: string }[];
}

let asked = 0;

export function ask(
  client: Client,
  kind: string,
  content: object,
  { reference = `A-${(asked += 1)}`, billerCode }: { reference?: string; billerCode?: string } = {},
): Promise<Answer<Shown>> {
  const body = { kind, reference, content, ...(billerCode !== undefined && { billerCode }) };
  return client.send<Shown>('POST', '/v1/approvals', body);
}

/** Throws when it was refused. */
export async function idOf(answer: Promise<Answer<Shown>>): Promise<string> {
  const { body, text } = await answer;
  if (body === undefined) throw new Error(text);
  return body.approvalId;
}

export function accept(client: Client, id: string): Promise<Answer<Shown>> {
  return client.send<Shown>('POST', `/v1/approvals/${id}/accept`, {});
}

export function attachFile(
  baseUrl: string,
  token: string,
  id: string,
  { name = 'proof.pdf', type = 'application/pdf', bytes = Buffer.from('%PDF-1.7 proof') } = {},
): Promise<Response> {
  return fetch(`${baseUrl}/v1/approvals/${id}/attachments?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body: bytes,
  });
}

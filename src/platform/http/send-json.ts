// Answers that are not passed through their route's response schema: answers may gain fields that no schema names yet,
// and a serializer made from unions checks every one of them again.

import type { FastifyReply } from 'fastify';

const JSON_TYPE = 'application/json; charset=utf-8';

export function sendJson(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return sendText(reply, status, JSON.stringify(body));
}

/** `text` is JSON already and goes out byte for byte. */
export function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type(JSON_TYPE).serializer(asIs).send(text);
}

function asIs(text: string): string {
  return text;
}

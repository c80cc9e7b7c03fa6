// Bare Fastify with schemas, the other yardstick: a POST whose body is checked as the gateway checks its own, a
// short answer with a schema, no database. Prints `ready`.
import Fastify from 'fastify';
import { Type } from 'typebox';

const Inquiry = Type.Object(
  {
    billerCode: Type.String({ minLength: 1, maxLength: 32 }),
    billNumber: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$' }),
  },
  { additionalProperties: false },
);
const Hello = Type.Object({ hello: Type.String(), billNumber: Type.String() });

const app = Fastify({ logger: false });
app.post<{ Body: { billNumber: string } }>(
  '/hello',
  { schema: { body: Inquiry, response: { 200: Hello } } },
  async (request) => ({
    hello: 'world',
    billNumber: request.body.billNumber,
  }),
);
await app.listen({ host: '127.0.0.1', port: Number(process.env['BENCH_PORT']) });
console.log('ready');
process.on('SIGTERM', () => void app.close());

// Door of the ISO 20022 dialect: orders to banks (pain.001.001.09) and their answers (pain.002).

export { orderWriter } from './order-writer.ts';
export { readOrderStatus } from './read-order-status.ts';

// Door of the dialects: outside protocols, each translated to and from values of the rooms below. A root hands them in.

export { orderWriter, readOrderStatus } from './iso20022/index.ts';

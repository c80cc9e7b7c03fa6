// Sub-door of the channels room: who is calling, and the keys by which he proves it.

export type { ClientKey, ClientRef, KeyAlgorithm, KeySummary, Principal } from './client-key.ts';
export {
  digestsFault,
  makeContentDigest,
  readContentDigest,
  type AnnouncedDigests,
} from './content-digest.ts';
export { createIdentifier, type Identified, type Identifier } from './identify.ts';
export { buildKeyRing, type KeyRing } from './key-ring.ts';
export { newKey, type KeyWish, type NewKey } from './new-key.ts';
export { signRequest, type SignedRequest, type SigningKey, type SigningRequest } from './sign-request.ts';
export { splitTarget, type HttpRequest } from './signature-base.ts';
export { insertKey, listKeys, loadKeys, revokeKey } from './store-keys.ts';

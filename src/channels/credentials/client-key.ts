// A client's key as the database keeps it, and who it speaks for. A client is a channel, an agency (named by its
// biller) or the operator, and may have several keys at a time, so that keys can be changed without a pause.

export type KeyAlgorithm = 'bearer' | 'hmac-sha256' | 'ed25519';

export type ClientRef =
  | { readonly kind: 'channel'; readonly channelId: number }
  | { readonly kind: 'agency'; readonly billerId: number }
  | { readonly kind: 'operator' };

/**
 * Who is calling. `code` is the channel's, the biller's, or `operator`. A person has the channel or biller that he belongs
 * to, `staff/` and his login for a code, and no key.
 */
export interface Principal {
  readonly kind: ClientRef['kind'] | 'staff';
  readonly keyId: string;
  readonly channelId?: number;
  readonly billerId?: number;
  readonly code: string;
}

/** What tells keys apart in a list: nothing in it is secret. */
export interface KeySummary extends Principal {
  readonly kind: ClientRef['kind'];
  readonly algorithm: KeyAlgorithm;
  readonly label: string;
  /** Addresses and CIDR blocks that may use the key; empty: any. */
  readonly allowedIps: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

/** What a key is checked with: exactly one of these, by its algorithm. */
export interface KeyMaterial {
  /** SHA-256 of a bearer key. */
  readonly secretHash?: Buffer;
  /** An HMAC secret under the installation's master key (seal.ts). */
  readonly sealedSecret?: Buffer;
  /** An Ed25519 public key, SPKI in PEM. */
  readonly publicKey?: string;
}

export interface ClientKey extends KeySummary, KeyMaterial {}

// The endpoint as a run knows it: read anew once a second, and at once when a look says that the webhook has changed.

import type { DeliveryParts, EndpointTerms } from './parts.ts';

const LASTS_MS = 1000;

export class CurrentEndpoint {
  readonly #read: () => Promise<EndpointTerms | undefined>;
  #endpoint: EndpointTerms | undefined;
  #readAt = -Infinity;

  constructor({ endpointOf }: Pick<DeliveryParts, 'endpointOf'>, billerId: number) {
    this.#read = () => endpointOf(billerId);
  }

  /** undefined: the agency is not told (any more). */
  async terms(): Promise<EndpointTerms | undefined> {
    if (performance.now() - this.#readAt > LASTS_MS) {
      this.#readAt = performance.now();
      this.#endpoint = await this.#read();
    }
    return this.#endpoint;
  }

  /** `changedAt`: when the webhook was set as it stands now. */
  hear(changedAt: Date): void {
    if (changedAt.getTime() !== this.#endpoint?.changedAt.getTime()) this.#readAt = -Infinity;
  }
}

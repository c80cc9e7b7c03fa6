// A sleep that can be ended from outside; a call that comes while nobody sleeps ends the next one before it begins.

export class Rouse {
  #isAwake = false;
  #end: () => void = () => undefined;

  /** Whether somebody called since the last `forget`. */
  get isAwake(): boolean {
    return this.#isAwake;
  }

  readonly call = (): void => {
    this.#isAwake = true;
    this.#end();
  };

  forget(): void {
    this.#isAwake = false;
  }

  sleep(withinMs: number): Promise<void> {
    if (this.#isAwake) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

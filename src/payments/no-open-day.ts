// No business day of this biller is open for now yet: whoever meets this opens some and starts again.

export class NoOpenDay extends Error {
  readonly billerId: number;

  constructor(billerId: number) {
    super(`biller ${billerId} has no open business day`);
    this.billerId = billerId;
  }
}

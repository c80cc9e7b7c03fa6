// One thing that must always hold in the books, as data: its name, its meaning, and a query of its own over the
// tables alone. Nothing of it comes from the code that writes them, so a fault there cannot hide here.

export interface Invariant {
  readonly name: string;
  readonly says: string;
  /**
   * `biller`: run for each biller by itself, $1 being its number. `ledger`: the same, and for the operator's own
   * book (0). `installation`: one run over all; its rows carry `biller_id`, null where no biller is concerned.
   */
  readonly per: 'biller' | 'ledger' | 'installation';
  /**
   * A select of `bad` (boolean, never null) and `example` (text that names the row to a person) for each row
   * looked at. `pay:<uuid>` in an example is shown as the payment's id.
   */
  readonly rows: string;
}

// A printed document as values: blocks one below the other.

/** `ltr`: a number, a date, a code: its own order is kept whole inside a right-to-left page. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly ltr?: boolean;
}

export interface TableColumn {
  readonly label: string;
  /** In proportion to the others'. */
  readonly width: number;
  /** Numbers stand at the end of their column, codes keep their own order. */
  readonly kind: 'text' | 'number' | 'code';
}

export type Block =
  /** Small print: digests, with figures of one width. */
  | { readonly kind: 'facts'; readonly items: readonly Fact[] }
  /** An account: amounts below each other, those of `total` with a rule above. */
  | {
      readonly kind: 'account';
      readonly title?: string;
      /** Above the details and the amounts. */
      readonly heads: readonly [detail: string, value: string];
      readonly items: readonly (Fact & { readonly total?: boolean; readonly detail?: string })[];
    }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly string[])[];
      readonly total?: readonly string[];
    }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  /** Lines to sign on, beside each other. */
  | { readonly kind: 'signatures'; readonly labels: readonly string[]; readonly hint: string }
  /** On one page. */
  | { readonly kind: 'together'; readonly blocks: readonly Block[] };

export interface PrintedDocument {
  readonly language: 'ar' | 'fr' | 'en';
  readonly title: string;
  /** Whose it is, large; and what it is about. */
  readonly party: string;
  readonly subject: readonly Fact[];
  readonly blocks: readonly Block[];
  /** On every page: what it is, by which code it is known, and the number of the page. */
  readonly footer: string;
  readonly footerCode: string;
  readonly pageOf: (page: number, pages: number) => string;
  /** Its only date: nothing of the clock goes into a document. */
  readonly madeAt: Date;
}

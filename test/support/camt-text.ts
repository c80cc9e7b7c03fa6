// Parts of a camt message as text, for what its reader makes of them.

export const ACCOUNT = '<Acct><Id><IBAN>OM81 0180 0000 0129 9123 456</IBAN></Id><Ccy>OMR</Ccy></Acct>';
export const bal = (code: string, amount: string, sign = 'CRDT') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="OMR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>
   <Dt><Dt>2026-03-01</Dt></Dt></Bal>`;
export const BOOKED = '<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-01</Dt></BookgDt>';
export const amt = (amount: string, sign = 'CRDT') =>
  `<Amt Ccy="OMR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>`;
export const ntry = (inner: string) => `<Ntry>${inner}</Ntry>`;
export const inDocument = (message: string, inner: string, version: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${version}"><${message}><GrpHdr><MsgId>M</MsgId></GrpHdr>${inner}</${message}></Document>`;
export const stmt = (inner: string, id = 'S1', version = '053.001.08') =>
  inDocument('BkToCstmrStmt', `<Stmt><Id>${id}</Id>${ACCOUNT}${inner}</Stmt>`, version);
/** Opens with zero and closes with `closing`. */
export const whole = (closing: string, ...entries: string[]) =>
  stmt(bal('OPBD', '0') + bal('CLBD', closing) + entries.join(''));

// Door of the files that people open, workbooks and printed documents, and of folders that others put files into.

export { columnName, dateSerial, instantSerial, LAST_ROW, type Cell, type Row, type Sheet } from './sheet.ts';
export type { StyleName } from './styles.ts';
export { inSheets, writeWorkbook, type Workbook } from './workbook.ts';
export { printPdf } from './print-pdf.ts';
export type { Block, Fact, PrintedDocument, TableColumn } from './printed-document.ts';
export { droppedFiles, setAside, type DroppedFile } from './drop-folder.ts';
export { takeDropped, type Aside, type DropRound, type TakenFile } from './take-dropped.ts';

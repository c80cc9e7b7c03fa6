// Door of the intake of files: what every upload of lines has in common, whatever its lines are about.

export { checkFileStart, type FileStart } from './check-file-start.ts';
export { csvRecords, type CsvRecord, type RecordFault } from './csv-records.ts';
export { FAULT_WORDS } from './fault-words.ts';
export { inflated } from './inflate.ts';
export { receiveUpload, type Keeper, type UploadStream } from './receive-upload.ts';
export { LONGEST_LINE_BYTES, textLines, type Line, type LineBatch, type LineFault } from './text-lines.ts';
export { UnreadableFile } from './unreadable-file.ts';

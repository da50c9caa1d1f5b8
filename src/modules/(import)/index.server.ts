/** Front door of reading old documents, for the command line. */
export { readWaiting } from './commands/read.server.ts';
export { uploadDocuments } from './commands/upload.server.ts';
export { documentRows } from './queries/documents.server.ts';

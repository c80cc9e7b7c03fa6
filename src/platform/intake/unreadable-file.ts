// The file as a whole is at fault: sending it again unchanged helps nobody.

/** It cannot be read further. Its message is for the sender. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

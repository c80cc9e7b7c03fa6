// Door of the command line's plumbing: what the rooms declare their commands with.

export { confirm } from './confirm.ts';
export { CommandRefused, WrongUsage, type CommandContext, type EmbeddedInstallation } from './context.ts';
export { counted, formatOfFile } from './line-file.ts';
export { layOut, visible } from './print.ts';
export { progress, type Progress } from './progress.ts';
export { readJson, readText } from './read-json.ts';
export {
  addDestructiveVerb,
  addVerb,
  noun,
  type Answer,
  type DestructiveVerb,
  type Options,
  type Verb,
} from './verb.ts';

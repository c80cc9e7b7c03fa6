// Door of the demo: fictitious parties and bills for the embedded installation, and its clock.

export { demoFilePath, readDemoFile, type DemoAddresses, type DemoFile } from './demo-file.ts';
export { prepareDemo, type DemoParts } from './prepare-demo.ts';
export { welcome } from './welcome.ts';
export { registerDemoCommands } from './commands.ts';
export { setClock, showClock, type DemoClock } from './set-clock.ts';

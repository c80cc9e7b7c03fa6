// Door of the demo: fictitious parties and bills for the embedded installation, and its clock.

export { prepareAgencyFile, type AgencyFile } from './agency-file.ts';
export { demoFilePath, readDemoFile, type DemoAddresses, type DemoFile } from './demo-file.ts';
export { prepareDemo, type DemoParts } from './prepare-demo.ts';
export { agencyAt, runAgency, type RunningAgency } from './run-agency.ts';
export { welcome } from './welcome.ts';
export { registerDemoCommands } from './commands.ts';
export { setClock, showClock, type DemoClock } from './set-clock.ts';

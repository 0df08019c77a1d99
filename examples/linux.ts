// Boots a Linux guest, shows its console, and stops it when Ctrl-C is pressed or it turns itself off.
//
//   npx tsx examples/linux.ts KERNEL [INITIAL-RAMDISK]
import { launchHelper, linuxConfiguration, mib } from "../src/index.js";

const [kernel, initialRamdisk] = process.argv.slice(2);
if (kernel === undefined) throw new Error("usage: npx tsx examples/linux.ts KERNEL [INITIAL-RAMDISK]");

await using helper = await launchHelper();
const configuration = linuxConfiguration({ kernel, initialRamdisk, memorySize: mib(512) });
await using machine = await helper.machines.create(configuration);
await machine.start();
const output = await machine.console.open();
output.pipe(process.stdout);
process.once("SIGINT", () => machine.requestStop({ stopAfter: 10 }));
const { reason } = await machine.waitUntilStopped();
process.stdout.write(`\nThe machine stopped: ${reason}.\n`);

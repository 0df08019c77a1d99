// Makes a virtual Mac with the newest macOS that this host runs, opens its window, and puts the current folder into it.
// Whatever is cut off, by Ctrl-C too, goes on when it is run again; a Mac that is installed is only started.
//
//   npx tsx examples/mac.ts [FOLDER]    where the Mac and its restore image are kept
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import progress from "cli-progress";
import { gib, launchHelper, type Machine } from "../src/index.js";

const folder = process.argv[2] ?? join(homedir(), "Virtual Macs");
const path = join(folder, "dev.vzkit");
mkdirSync(folder, { recursive: true });
const bar = new progress.SingleBar({
  format: "{phase} [{bar}] {percentage}% {detail}",
  gracefulExit: false, // Ctrl-C is to end the program, not only the bar.
  noTTYOutput: true,
  notTTYSchedule: 500,
});
const diskSize = gib(64); // It takes space only as it fills.
const left = (seconds = 0) => `${Math.ceil(seconds)} s left`;

await using helper = await launchHelper();
const { standInNotice } = helper.info.host;
if (standInNotice !== undefined) console.log(standInNotice);
const found = existsSync(path) ? await helper.bundles.open(path) : undefined;
const mac = found?.installation === "complete" ? found : await install(found);
await mac.start({ display: "window", onNoWindow: ({ message }) => console.log(message), share: { "My Project": "." } });
process.once("SIGINT", () => mac.requestStop({ stopAfter: 60 }));
console.log("The Mac runs; this folder is in /Volumes/My Shared Files/My Project. Ctrl-C turns it off.");
const { reason } = await mac.waitUntilStopped();
console.log(`The Mac stopped: ${reason}.`);

async function install(begun: Machine | undefined): Promise<Machine> {
  const image = await helper.restoreImages.latestSupported();
  console.log(`macOS ${image.version} (${image.build})`);
  if (begun === undefined) await image.preflight({ diskSize, folder, downloadFolder: folder });
  bar.start(1, 0, { phase: "connecting", detail: "" });
  const ipsw = await image.download({
    to: folder,
    onProgress: ({ phase, completed, total, bytesPerSecond, secondsLeft }) => {
      const speed = `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
      bar.update(total === undefined ? 0 : completed / total, { phase, detail: `${speed}, ${left(secondsLeft)}` });
    },
  });
  const made = begun ?? (await helper.bundles.createMac({ path, restoreImage: ipsw, diskSize }));
  await made.install(ipsw, {
    onProgress: ({ phase, fraction, secondsLeft, isStalled }) =>
      bar.update(fraction, { phase, detail: isStalled ? "stands still" : left(secondsLeft) }),
  });
  bar.stop();
  return made;
}

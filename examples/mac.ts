// Makes a virtual Mac with the newest macOS that this host runs, opens its window, and puts the current folder into it.
// What is cut off, by Ctrl-C too, goes on when it is run again. npx tsx examples/mac.ts [FOLDER for Mac and restore image]
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import progress from "cli-progress";
import { gib, launchHelper } from "../src/index.js";

const folder = process.argv[2] ?? `${homedir()}/Virtual Macs`;
mkdirSync(folder, { recursive: true });
const path = `${folder}/dev.vzkit`;
const diskSize = gib(64); // It takes space only as it fills.
const format = "{phase} [{bar}] {percentage}% {detail}";
const bar = new progress.SingleBar({ format, gracefulExit: false, noTTYOutput: true, notTTYSchedule: 500 });
const show = (phase: string, fraction: number, detail: string, secondsLeft = 0) =>
  bar.update(fraction, { phase, detail: `${detail}, ${Math.ceil(secondsLeft)} s left` });

await using helper = await launchHelper();
if (helper.info.host.standInNotice !== undefined) console.log(helper.info.host.standInNotice);
let mac = existsSync(path) ? await helper.machines.open(path) : undefined;
if (mac?.installation !== "complete") {
  const image = await helper.restoreImages.latestSupported();
  console.log(`macOS ${image.version} (${image.build})`);
  if (mac === undefined) await image.preflight({ diskSize, folder, downloadFolder: folder });
  bar.start(1, 0, { phase: "connecting", detail: "" });
  const ipsw = await image.download({
    to: folder,
    onProgress: ({ phase, completed, total = Number.POSITIVE_INFINITY, bytesPerSecond, secondsLeft }) =>
      show(phase, completed / total, `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`, secondsLeft),
  });
  mac ??= await helper.machines.createMac(path, { restoreImage: ipsw, diskSize });
  await mac.install(ipsw, {
    onProgress: ({ phase, fraction, isStalled, secondsLeft }) =>
      show(phase, fraction, isStalled ? "stands still" : "goes on", secondsLeft),
  });
  bar.stop();
}
const { noWindowReason } = await mac.start({ window: { isRequired: false }, share: { "My Project": "." } });
if (noWindowReason !== undefined) console.log(noWindowReason);
process.once("SIGINT", () => mac.requestStop({ stopAfter: 60 }));
console.log("The Mac runs; this folder is in /Volumes/My Shared Files/My Project. Ctrl-C turns it off.");
console.log(`The Mac stopped: ${(await mac.waitUntilStopped()).reason}.`);

import { aptInstall } from "../setup/apt.js";
import { readRelease, usesApt } from "../setup/debian.js";
import { findProgram } from "../setup/find.js";
import { macModulesSteps } from "../setup/macModules/step.js";
import type { Step } from "../setup/step.js";

/** Programs that only the tests call, with their packages; small installations and containers lack one or the other. */
const packages = {
  jq: "jq",
  python3: "python3",
  openssl: "openssl",
  ps: "procps",
  mount: "mount",
  cmp: "diffutils",
  cpio: "cpio",
  sgdisk: "gdisk",
};

/** Where some of them lie, which only root has on PATH. */
const administration = ["/usr/sbin", "/sbin"];

const missing = (): string[] =>
  Object.entries(packages)
    .filter(([program]) => !findProgram(program, administration))
    .map(([, name]) => name);

const step: Step = {
  title: "Installing what the tests use (20 MB to download)",
  isDone: () => missing().length === 0,
  run: (progress) => aptInstall(missing(), progress),
};

/** What the tests need beyond what vzkit does. A Mac with Xcode's tools has all of it. */
export const testSteps = (): Step[] => [
  ...(process.platform === "linux" && usesApt(readRelease()) ? [step] : []),
  ...macModulesSteps(),
];

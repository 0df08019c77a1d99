import { carriesEverything, type Release, readRelease, usesApt } from "./debian.js";
import { SetupError } from "./errors.js";
import { findProgram } from "./find.js";
import { guestStep } from "./guest.js";
import { guestOverride, guestOverrideStep } from "./guestOverride.js";
import { developerToolsStep } from "./macOS.js";
import { mmdebstrapStep, privateRootStep, rootPackagesStep } from "./privateRoot.js";
import type { Step } from "./step.js";
import { qemuStep, swiftStep, virtiofsdStep } from "./system.js";
import { toolChainStep } from "./toolChain.js";
import { wrappersStep } from "./wrappers.js";

function linuxSteps(release: Release): Step[] {
  const override = guestOverride();
  if (carriesEverything(release)) {
    return [
      swiftStep,
      toolChainStep,
      qemuStep,
      virtiofsdStep,
      override ? guestOverrideStep(override) : guestStep(false),
    ];
  }
  if (usesApt(release)) {
    // Swift that is there already is used; the root then only brings what the release has too old or not at all.
    const own = findProgram("swift") ? [swiftStep] : [];
    const root = [mmdebstrapStep, privateRootStep(release), rootPackagesStep];
    return [...own, ...root, qemuStep, wrappersStep, override ? guestOverrideStep(override) : guestStep(true)];
  }
  const present = [findProgram("swift"), process.env.VZKIT_QEMU || findProgram("qemu-system-x86_64"), override];
  if (present.every(Boolean) && override) return [swiftStep, toolChainStep, qemuStep, guestOverrideStep(override)];
  throw new SetupError(
    `vzkit's set-up knows Debian and Ubuntu, not ${release.name}. Install Swift 6, QEMU 7.2 and virtiofsd yourself, name a ` +
      "kernel and an initial RAM disk with VZKIT_GUEST_KERNEL and VZKIT_GUEST_INITRD, and start again.",
  );
}

/** What building the helper needs on this machine: Swift, and nothing that only runs or tests guests. */
export function helperSteps(): Step[] {
  if (process.platform === "darwin") return [developerToolsStep];
  if (process.platform !== "linux") throw new SetupError(`vzkit runs on macOS and Linux, not on ${process.platform}.`);
  const release = readRelease();
  if (carriesEverything(release)) return [swiftStep, toolChainStep];
  if (findProgram("swift")) return [swiftStep];
  if (usesApt(release)) return [mmdebstrapStep, privateRootStep(release), rootPackagesStep, wrappersStep];
  throw new SetupError(
    `vzkit can install Swift on Debian and Ubuntu, not on ${release.name}. Install Swift 6 yourself, put it on PATH, and ` +
      "start again.",
  );
}

/** What this machine needs, in the order in which it is provided. */
export function stepsForThisMachine(): Step[] {
  if (process.platform === "linux") return linuxSteps(readRelease());
  if (process.platform === "darwin") {
    const override = guestOverride();
    return [developerToolsStep, ...(override ? [guestOverrideStep(override)] : [])];
  }
  throw new SetupError(`vzkit runs on macOS and Linux, not on ${process.platform}.`);
}

import { existsSync } from "node:fs";
import { SetupError } from "./errors.js";
import { findProgram } from "./find.js";
import type { Step } from "./step.js";
import { isAtLeast, knownVersion, learnVersion } from "./versions.js";

const MINIMUM_SWIFT = "6.0";

/** Xcode or its command line tools, which bring Swift, codesign and the SDK. */
export const developerToolsStep: Step = {
  title: "Looking for Xcode's command line tools",
  isDone: () => {
    const swift = findProgram("swift");
    const version = swift && knownVersion(swift);
    return (
      version !== undefined && version !== "" && isAtLeast(version, MINIMUM_SWIFT) && existsSync("/usr/bin/codesign")
    );
  },
  run: async () => {
    const swift = findProgram("swift");
    const version = swift && (await learnVersion(swift));
    if (!version) {
      throw new SetupError(
        "Xcode's command line tools are missing. Install them with\n  xcode-select --install\nand start again.",
      );
    }
    if (!isAtLeast(version, MINIMUM_SWIFT)) {
      throw new SetupError(
        `vzkit needs Swift ${MINIMUM_SWIFT} (Xcode 16) or later, but ${swift} is version ${version}. ` +
          "Update Xcode, or choose another one with\n  sudo xcode-select --switch /Applications/Xcode.app",
      );
    }
  },
};

import { aptInstall, isUnpacked } from "./apt.js";
import { readRelease } from "./debian.js";
import { findProgram } from "./find.js";
import type { Step } from "./step.js";

/** What Foundation, static linking and C targets need of the system; Debian's swiftlang only recommends it. */
function companions(gccLibrary: string): string[] {
  return [
    ...["libc6-dev", gccLibrary, "binutils", "git", "ca-certificates"],
    ...["libcurl4-openssl-dev", "libzstd-dev", "liblz4-dev", "liblzma-dev", "zlib1g-dev"],
  ];
}

/** The packages that make up the tool chain in Debian 13. */
export const toolChainPackages = (): string[] => ["swiftlang", ...companions("libstdc++-14-dev")];

/** The packages beside the system's own swiftlang, there or yet to come. A Swift from elsewhere has its own requirements. */
function missing(): string[] {
  if (!isUnpacked("swiftlang") && findProgram("swift")) return [];
  // The compiler's library carries a version in its name; `g++` brings whichever is current.
  const names = companions(readRelease().debianVersion === 13 ? "libstdc++-14-dev" : "g++");
  return names.filter((name) => !isUnpacked(name));
}

export const toolChainStep: Step = {
  title: "Installing what Swift needs to build with (30 MB to download)",
  isDone: () => missing().length === 0,
  run: (progress) => aptInstall(missing(), progress),
};

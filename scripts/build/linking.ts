import { existsSync } from "node:fs";
import { findProgram } from "../setup/find.js";
import { debianRoot } from "../setup/paths.js";
import { isAtLeast } from "../setup/versions.js";
import { rootRuntime } from "../setup/wrappers.js";

/** The C library the private root's programs are linked against. */
const ROOT_GLIBC = "2.41";

interface ProcessReport {
  header: { glibcVersionRuntime?: string };
}

/** Whether Swift comes from the private root rather than from the system. */
export function usesPrivateRoot(): boolean {
  if (process.platform !== "linux") return false;
  return Boolean(process.env.VZKIT_SWIFT_ROOT) || (!findProgram("swift") && existsSync(debianRoot()));
}

/**
 * Linker options for a program that is built in the private root and runs outside. Where the system's C library is
 * older than the root's, the program names the root's loader and libraries, so that it starts like any other program.
 */
export function hostLinkOptions(): string[] {
  if (!usesPrivateRoot()) return [];
  const report = process.report.getReport() as unknown as ProcessReport;
  if (isAtLeast(report.header.glibcVersionRuntime ?? "0", ROOT_GLIBC)) return [];
  const { loader, libraries } = rootRuntime();
  // The old kind of run path also holds for the libraries' own libraries.
  const options = [
    `--dynamic-linker=${loader}`,
    "--disable-new-dtags",
    ...libraries.flatMap((path) => ["-rpath", path]),
  ];
  return options.flatMap((option) => ["-Xlinker", option]);
}

import { join } from "node:path";
import { usesPrivateRoot } from "../build/linking.js";
import { beginAnewElsewhere } from "../build/place.js";
import { signHelper } from "../build/sign.js";
import { debianRoot, enterScript, projectRoot } from "../setup/paths.js";
import { rootRuntime } from "../setup/wrappers.js";
import { runCommand, tail } from "./command.js";
import type { Outcome } from "./outcome.js";
import { parseXCTest, unfinishedTest } from "./xctest.js";

const bundle = join(projectRoot, ".build/debug/vzkit-helperPackageTests.xctest");

/** Builds the Swift tests, in debug mode. */
export async function buildSwiftTests(): Promise<Outcome> {
  beginAnewElsewhere(join(projectRoot, ".build"));
  const { ok, output, how } = await runCommand("swift test build", [enterScript, "swift", "build", "--build-tests"]);
  if (!ok) return { ok, note: how, output: tail(output) };
  // The tests run it as a program of its own, and macOS runs no guest for a program that is not signed.
  if (process.platform === "darwin") await signHelper(join(projectRoot, ".build/debug/vzkit-helper"));
  return { ok };
}

/**
 * The command that runs the built tests on this system rather than inside the private root, so that they find its QEMU
 * and its processes. The root's loader brings the newer libraries the tests are linked with.
 */
function testCommand(filter: string[]): string[] {
  if (process.platform === "darwin") {
    return ["swift", "test", "--skip-build", ...filter.flatMap((name) => ["--filter", name])];
  }
  if (!usesPrivateRoot()) return [bundle, ...filter];
  const { loader, libraries } = rootRuntime();
  const swift = join(debianRoot(), "usr/libexec/swift/bin/../lib/swift/linux");
  return [loader, "--library-path", [swift, ...libraries].join(":"), bundle, ...filter];
}

/** Runs the built tests. Both their exit status and their own summary must say that all is well. */
export async function runSwiftTests(filter: string[] = []): Promise<Outcome> {
  const { ok, output, how } = await runCommand("swift tests", testCommand(filter));
  const summary = parseXCTest(output);
  if (!summary) {
    const unfinished = unfinishedTest(output);
    const note = `broke off${unfinished ? ` in ${unfinished}` : ""} (${how || "no summary"})`;
    return { ok: false, counts: { passed: 0, failed: 1, skipped: 0 }, note, output: tail(output) };
  }
  const { counts, skips, failures } = summary;
  if (counts.passed + counts.failed === 0) return { ok: false, counts, note: "no test ran", output: tail(output) };
  if (ok && counts.failed === 0) return { ok, counts, skips };
  const lines = output.split("\n").filter((line) => /: error: /.test(line));
  const note = failures.length > 0 ? `failed: ${failures.join(", ")}` : how;
  return { ok: false, counts, skips, note, output: lines.join("\n") || tail(output) };
}

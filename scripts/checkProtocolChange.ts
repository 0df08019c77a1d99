/**
 * Compares the protocol with the one of the last released version: `npm run check:protocol [REVISION]`.
 * Fails when clients of that version would break and the protocol's major version is still the same.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { breakingChanges, isMajorStep, type ProtocolDocument } from "./generate/compare.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const path = "protocol/generated/protocol.json";
const git = (...args: string[]) => execa("git", args, { cwd: root, reject: false });

async function lastTag(): Promise<string | undefined> {
  const { exitCode, stdout } = await git("describe", "--tags", "--abbrev=0");
  return exitCode === 0 ? stdout.trim() : undefined;
}

async function main(): Promise<number> {
  const revision = process.argv[2] ?? (await lastTag());
  if (revision === undefined) {
    console.log("There is no tag yet, so there is no released protocol to compare with.");
    return 0;
  }
  const shown = await git("show", `${revision}:${path}`);
  if (shown.exitCode !== 0) {
    console.error(`${revision} has no ${path}: ${shown.stderr}`);
    return 1;
  }
  const old = JSON.parse(shown.stdout) as ProtocolDocument;
  const now = JSON.parse(readFileSync(`${root}/${path}`, "utf8")) as ProtocolDocument;
  return report(revision, old, now);
}

function report(revision: string, old: ProtocolDocument, now: ProtocolDocument): number {
  const changes = breakingChanges(old, now);
  if (changes.length === 0) {
    console.log(`Clients of ${revision} are served as before.`);
    return 0;
  }
  const list = changes.map((change) => `  ${change}`).join("\n");
  if (isMajorStep(old.protocolVersion, now.protocolVersion)) {
    console.log(`Protocol ${now.protocolVersion} breaks with ${old.protocolVersion} of ${revision}:\n${list}`);
    return 0;
  }
  console.error(
    `Clients of ${revision} would break, and the protocol is still ${now.protocolVersion}:\n${list}\n` +
      "Change it in a way that adds only, or raise the major number of protocolVersion in protocol/spec/core.yml.",
  );
  return 1;
}

process.exitCode = await main();

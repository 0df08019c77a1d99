import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../setup/paths.js";

function describe(path: string): string[] {
  const { mtimeMs, size } = statSync(path);
  return [`${path} ${mtimeMs} ${size}`];
}

function describeFolder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return describeFolder(path);
    return entry.isFile() ? describe(path) : [];
  });
}

/**
 * Changes whenever a file of these folders and files, or one of `others`, is added, removed or written to. By time and
 * size rather than by content: it is asked for at each start, and a needless build finds out by itself.
 */
export function fingerprint(paths: string[], others: string[] = []): string {
  const lines = paths.flatMap((path) => {
    const full = join(projectRoot, path);
    return statSync(full).isDirectory() ? describeFolder(full).sort() : describe(full);
  });
  return createHash("sha256")
    .update([...lines, ...others].join("\n"))
    .digest("hex");
}

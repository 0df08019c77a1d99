import { readFileSync } from "node:fs";

// The same file for src and dist: both are folders at the top of the package.
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };

/** The version of this package. A helper that is launched must have the same one. */
export const VERSION: string = manifest.version;

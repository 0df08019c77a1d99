import { existsSync } from "node:fs";
// Whole: the lines that bundles put at their beginning often declare a `createRequire` of their own.
import * as nodeModule from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Returns the URL of this code's own file, or undefined where a bundler leaves no trace of it. In a bundle it is the
 * bundle's file: ECMAScript modules know it as `import.meta.url`, CommonJS modules as `__filename`.
 */
export function ownURL(): string | undefined {
  if (import.meta.url) return import.meta.url;
  return typeof __filename === "string" ? pathToFileURL(__filename).href : undefined;
}

/**
 * Returns the folder of an installed package, searched for as an import in this code would be, or undefined. In a bundle
 * it is also searched for beside an installed `vzkit`, where strict package managers put what only vzkit depends on.
 */
export function packageFolder(name: string): string | undefined {
  const here = ownURL();
  if (here === undefined) return undefined;
  const found = resolveFrom(here, `${name}/package.json`);
  if (found !== undefined) return dirname(found);
  const vzkit = resolveFrom(here, "vzkit/package.json");
  const beside = vzkit && resolveFrom(vzkit, `${name}/package.json`);
  return beside && dirname(beside);
}

function resolveFrom(place: string, specifier: string): string | undefined {
  try {
    return nodeModule.createRequire(place).resolve(specifier);
  } catch {
    return undefined;
  }
}

/** Returns the root of the package or clone that this code belongs to, or undefined in a bundle. */
export function ownRoot(): string | undefined {
  const here = ownURL();
  if (here === undefined) return undefined;
  // The same for src/helper and dist/helper.
  const root = fileURLToPath(new URL("../..", here));
  return existsSync(join(root, "package.json")) ? root : undefined;
}

/**
 * Returns the path under which a program can be run. Electron shows what is in an archive (`app.asar`) as files, but the
 * system runs none of them; what `asarUnpack` names lies beside the archive, in `app.asar.unpacked`.
 */
export function unpackedPath(path: string): string {
  const beside = path.replace(/\.asar(?=[\\/])/, ".asar.unpacked");
  return beside !== path && existsSync(beside) ? beside : path;
}

/** Tells whether a path leads into an Electron archive, out of which no program can be run. */
export function isInArchive(path: string): boolean {
  return process.versions.electron !== undefined && /\.asar[\\/]/.test(path);
}

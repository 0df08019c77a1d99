import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A source file, by its path from the project's root. */
export interface SourceFile {
  path: string;
  text: string;
}

/** All files below a folder, or the file itself, whose name ends in `extension`. */
export function readSources(root: string, place: string, extension: string): SourceFile[] {
  const full = join(root, place);
  const status = statSync(full, { throwIfNoEntry: false });
  if (!status) return [];
  if (status.isFile()) return [{ path: place, text: readFileSync(full, "utf8") }];
  return readdirSync(full)
    .sort()
    .flatMap((name) => readSources(root, `${place}/${name}`, extension))
    .filter(({ path }) => path.endsWith(extension));
}

/** Returns all TypeScript and JavaScript of a clone. */
export function readScripts(root: string): SourceFile[] {
  return ["src", "scripts", "test", "examples"].flatMap((folder) =>
    [".ts", ".mjs"].flatMap((extension) => readSources(root, folder, extension)),
  );
}

/** Whether `path` is `place` or lies in it. `node:` covers all of Node's own modules. */
export function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(place.endsWith(":") ? place : `${place}/`);
}

/** The line, counted from 1, of a position in a text. */
export const lineOf = (text: string, index: number): number => text.slice(0, index).split("\n").length;

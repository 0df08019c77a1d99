import { posix } from "node:path";
import { isWithin, lineOf, type SourceFile } from "./files.js";

/** What the files of a folder, or one file, may import: paths of the project and names of packages. */
export interface Wall {
  folder: string;
  may?: string[];
  /** In addition to what its folder may. */
  also?: string[];
  why: string;
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^"';]*?\sfrom\s*)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

/** Where an import leads: a path from the project's root for a relative one, else the package's name as written. */
export function importTarget(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
}

export interface Import {
  /** What is imported: a path from the project's root, or a package's name as written. */
  target: string;
  isRelative: boolean;
  line: number;
}

/** Every import and re-export of a file. */
export function importsOf({ path, text }: SourceFile): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? "";
    const line = lineOf(text, match.index + match[0].indexOf(`"${specifier}"`));
    return { target: importTarget(path, specifier), isRelative: specifier.startsWith("."), line };
  });
}

/** The innermost wall around a file decides; `also` adds to it. */
export function allowedFor(path: string, walls: Wall[]): { may: string[]; why: string } | undefined {
  const around = walls.filter((wall) => isWithin(path, wall.folder));
  const innermost = around.filter((wall) => wall.may).sort((a, b) => b.folder.length - a.folder.length)[0];
  if (!innermost?.may) return undefined;
  return { may: [...innermost.may, ...around.flatMap((wall) => wall.also ?? [])], why: innermost.why };
}

/** Every import that breaks through a wall, as `file:line: sentence`. */
export function findBreaches(files: SourceFile[], walls: Wall[]): string[] {
  return files.flatMap((file) => {
    const allowed = allowedFor(file.path, walls);
    if (!allowed) return [];
    return importsOf(file)
      .filter(({ target }) => !allowed.may.some((place) => isWithin(target, place)))
      .map(({ target, line }) => `${file.path}:${line}: may not import ${target}: ${allowed.why}`);
  });
}

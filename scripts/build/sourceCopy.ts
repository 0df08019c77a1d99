import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const filesOf = (root: string, place: string): string[] =>
  statSync(join(root, place)).isDirectory()
    ? readdirSync(join(root, place)).flatMap((name) => filesOf(root, `${place}/${name}`))
    : [place];

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return (
    a?.isFile() === true && b?.isFile() === true && a.size === b.size && readFileSync(one).equals(readFileSync(other))
  );
}

/**
 * Makes `target` a copy of some folders and files of `root`, without touching what is the same already: the compiler
 * goes by the time of a file.
 */
export function copySources(root: string, target: string, places: readonly string[]): void {
  const wanted = new Set(places.flatMap((place) => filesOf(root, place)));
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(target).flatMap((name) => filesOf(target, name))) {
    if (!wanted.has(file)) rmSync(join(target, file));
  }
  for (const file of wanted) {
    if (isSame(join(root, file), join(target, file))) continue;
    mkdirSync(dirname(join(target, file)), { recursive: true });
    copyFileSync(join(root, file), join(target, file));
  }
}

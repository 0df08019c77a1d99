import { posix } from "node:path";
import type { SourceFile } from "./files.js";
import { importsOf } from "./typescript.js";

/** Every circle of folders that import each other, with a file for each step. A subfolder counts as a folder of its own. */
export function findCycles(files: SourceFile[]): string[] {
  const steps = new Map<string, Map<string, string>>();
  for (const file of files) {
    const from = posix.dirname(file.path);
    for (const { target } of importsOf(file).filter(({ isRelative }) => isRelative)) {
      const to = posix.dirname(target);
      const known = steps.get(from) ?? new Map<string, string>();
      if (to !== from) steps.set(from, known.set(to, known.get(to) ?? file.path));
    }
  }
  const cycles = new Map<string, string>();
  for (const start of steps.keys()) {
    const way = shortestWayBack(start, steps);
    const key = [...(way ?? [])].sort().join();
    // A circle is found from each of its folders.
    if (way && !cycles.has(key)) cycles.set(key, describe(way, steps));
  }
  return [...cycles.values()];
}

function shortestWayBack(start: string, steps: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] | undefined {
  const seen = new Set<string>();
  const ways = [[start]];
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of steps.get(way.at(-1) ?? "")?.keys() ?? []) {
      if (next === start) return way;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

function describe(way: readonly string[], steps: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const parts = way.map((from, index) => {
    const to = way[(index + 1) % way.length] ?? "";
    return `${from} → ${to} (${steps.get(from)?.get(to)})`;
  });
  return `folders import each other in a circle: ${parts.join(", ")}`;
}

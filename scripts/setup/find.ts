import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** The first executable file of that name on PATH or in one of the other folders. */
export function findProgram(name: string, folders: string[] = []): string | undefined {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), ...folders]) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return undefined;
}

/** The folder a program really lies in, past all links. */
export const homeOf = (program: string): string => dirname(realpathSync(program));

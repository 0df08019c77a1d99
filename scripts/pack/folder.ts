import { join, resolve } from "node:path";
import { projectRoot } from "../setup/paths.js";

/** Returns the folder of the packages: the command's first argument, or one of the clone's own. */
export function packagesFolder(): string {
  const [given] = process.argv.slice(2);
  return given === undefined ? join(projectRoot, ".build/packages") : resolve(given);
}

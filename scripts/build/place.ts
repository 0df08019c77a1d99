import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const NOTE = "built-in";

/** What the compiler keeps in a build folder, as opposed to what this project puts there. */
const isCompilersOwn = (name: string) => /^(x86_64|aarch64|arm64)-|^build\.db$|^(debug|release)(\.yaml)?$/.test(name);

/**
 * Forgets what was built in a folder when that was at another place, which a copied or renamed clone tells of: compiled
 * modules name the folders they were made in, and the compiler refuses those of another one. Notes the place.
 */
export function beginAnewElsewhere(folder: string): void {
  const note = join(folder, NOTE);
  const place = existsSync(note) ? readFileSync(note, "utf8") : folder;
  if (place !== folder) {
    for (const name of readdirSync(folder).filter(isCompilersOwn)) rmSync(join(folder, name), { recursive: true });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(note, folder);
}

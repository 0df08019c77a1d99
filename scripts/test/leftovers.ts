import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./outcome.js";
import { PACKAGES_VARIABLE } from "./packed.js";

/** How the names of all temporary files begin that the project's own code makes. */
const own = /^\.?(vzkit|vzt)-/;

/**
 * A folder for the temporary files of one run of all checks, which are to remove all that they make. Its name is short:
 * sockets are made in it.
 */
export class TemporaryFiles {
  readonly folder = mkdtempSync("/tmp/vzkit-test-");

  constructor() {
    // Tests that become another user for a moment still have to get to their files.
    chmodSync(this.folder, 0o755);
  }

  /** For the environment of whatever runs. */
  get env(): Record<string, string> {
    return {
      TMPDIR: this.folder,
      XDG_RUNTIME_DIR: this.folder,
      VZKIT_TEST_FOLDER: this.folder,
      [PACKAGES_VARIABLE]: join(this.folder, "packages"),
    };
  }

  /** What the project's own code has left here. Other programs' caches are their own affair. */
  get leftovers(): string[] {
    return readdirSync(this.folder).filter((name) => own.test(name));
  }

  /** The check that comes last. */
  get check(): Check {
    return {
      name: "nothing is left",
      run: async () => {
        const { leftovers } = this;
        if (leftovers.length === 0) return { ok: true };
        return { ok: false, note: `${leftovers.length} temporary files are left`, output: leftovers.join("\n") };
      },
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

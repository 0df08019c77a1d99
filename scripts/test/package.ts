import { runCommand, tail } from "./command.js";
import type { Check, Outcome } from "./outcome.js";
import { packedClient } from "./packed.js";

/** Packs the package as it is published and holds the tarball against publint and attw. */
export const packageCheck: Check = {
  name: "package",
  run: async (): Promise<Outcome> => {
    const path = await packedClient();
    // The client is ESM only, which attw would count as a fault for CommonJS.
    const checks = [
      ["publint", "--strict", path],
      ["attw", path, "--profile", "esm-only"],
    ];
    for (const command of checks) {
      const { ok, output, how } = await runCommand(command[0] ?? "", command);
      if (!ok) return { ok, note: `${command[0]}: ${how}`, output: tail(output) };
    }
    return { ok: true };
  },
};

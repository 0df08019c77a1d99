import { runCommand, tail } from "./command.js";
import type { Check, Outcome } from "./outcome.js";

/** Compiles for both kinds of Mac where that can be done. Its last line is what it came to, or why it was left out. */
export const macCheck: Check = {
  name: "compiling for a Mac",
  run: async (): Promise<Outcome> => {
    const { ok, output, how } = await runCommand("check mac", ["tsx", "scripts/checkMac.ts"], { minutes: 15 });
    const last = output.trimEnd().split("\n").at(-1) ?? "";
    if (!ok) return { ok, note: last.startsWith("macOS: ") ? last : how, output: tail(output) };
    if (!last.startsWith("macOS: skipped")) return { ok, note: last };
    return { ok, counts: { passed: 0, failed: 0, skipped: 1 }, skips: [last] };
  },
};

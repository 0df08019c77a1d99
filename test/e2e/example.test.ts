import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, it } from "vitest";
import { guest } from "../helpers/guest.js";

const example = fileURLToPath(new URL("../../examples/linux.ts", import.meta.url));

it("the example boots a guest, shows its console, and stops it in order at Ctrl-C", async () => {
  const program = execa(process.execPath, ["--import", "tsx", example, guest.kernel, guest.initrd], {
    reject: false,
    stdin: "ignore",
    detached: true,
  });
  let seen = "";
  for await (const chunk of program.iterable({ preserveNewlines: true })) {
    const wasReady = seen.includes("vzkit-guest: ready");
    seen += chunk;
    // As a terminal does it: to the whole process group.
    if (!wasReady && seen.includes("vzkit-guest: ready")) process.kill(-(program.pid ?? 0), "SIGINT");
  }
  const { exitCode } = await program;
  expect(seen).toContain("The machine stopped: request.");
  expect(exitCode).toBe(0);
});

import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { expect, it } from "vitest";
import { connectHelper } from "../../src/index.js";
import { consoleShows, linuxGuest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";
import { gone } from "../helpers/processes.js";

it("a helper that listens keeps its machines when clients come and go", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "vzkit-listen-"));
  const socket = path.join(folder, "helper.sock");
  const server = execa(helperPath(), ["--listen", socket], { stdin: "ignore", env: { VZKIT_LOG: "info" } });
  try {
    await once(server.stderr, "data");
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    const first = await connectHelper({ path: socket });
    const machine = await first.machines.create(linuxGuest(), { name: "kept" });
    await machine.start();
    const { hypervisorProcessIdentifier } = await machine.state();
    await first.disconnect();

    await using second = await connectHelper({ path: socket });
    await using third = await connectHelper({ path: socket });
    const machines = await second.machines.list();
    expect(machines).toMatchObject([{ name: "kept", state: "running" }]);
    const again = second.machines.get(machines[0]?.machine ?? "");
    await consoleShows(again, "vzkit-guest: ready");
    const heard = third.machines.get(again.handle).once("stopped");
    await again.requestStop({ stopAfter: 30 });
    expect(await heard).toMatchObject({ reason: "request" });
    await gone(hypervisorProcessIdentifier ?? 0);
  } finally {
    server.kill("SIGTERM");
    await server;
    await rm(folder, { recursive: true, force: true });
  }
});

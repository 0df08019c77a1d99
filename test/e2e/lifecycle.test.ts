import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper, type MachineState } from "../../src/index.js";
import { boot, consoleShows, linuxGuest } from "../helpers/guest.js";

describe("the life of a machine", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper[Symbol.asyncDispose]());

  it("goes from start through pause and resume to an orderly stop, and tells every step", async () => {
    await using machine = await helper.machines.create(linuxGuest(), { name: "life" });
    const states: MachineState[] = [];
    machine.on("stateChanged", ({ state }) => states.push(state));
    expect(await machine.state()).toMatchObject({ state: "stopped", canStart: true, canPause: false, canStop: false });
    await boot(machine);
    expect(await machine.state()).toMatchObject({ state: "running", canPause: true, canRequestStop: true });

    await machine.pause();
    expect(await machine.state({ live: true })).toMatchObject({ state: "paused", canResume: true });
    await machine.resume();
    expect(await runInGuest(machine, "uname -s")).toBe("Linux");

    const stopped = machine.once("stopped");
    await machine.requestStop({ stopAfter: 60 });
    expect(await stopped).toMatchObject({ reason: "request" });
    expect(states).toEqual(["starting", "running", "pausing", "paused", "resuming", "running", "stopped"]);
  });

  it("holds the guest while it is paused", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await boot(machine);
    const uptime = async () => Number(await runInGuest(machine, "cut -d' ' -f1 /proc/uptime"));
    const before = await uptime();
    await machine.pause();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await machine.resume();
    // Less than the pause alone: the guest did not live through it.
    expect((await uptime()) - before).toBeLessThan(3);
  });

  it("notices that the guest turned itself off, and starts again", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    for (let round = 0; round < 2; round++) {
      const stopped = machine.once("stopped");
      await boot(machine);
      await runInGuest(machine, "poweroff").catch(() => {});
      expect(await stopped).toMatchObject({ reason: "guest" });
      expect(await machine.state()).toMatchObject({ state: "stopped", canStart: true });
    }
  });

  it("survives a reboot of the guest", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await boot(machine);
    const first = await runInGuest(machine, "cat /proc/sys/kernel/random/boot_id");
    const console = await machine.console.open();
    await runInGuest(machine, "reboot").catch(() => {});
    let seen = "";
    for await (const chunk of console) {
      seen += String(chunk);
      if (seen.split("vzkit-guest: ready").length > 2) break;
    }
    expect(await runInGuest(machine, "cat /proc/sys/kernel/random/boot_id")).not.toBe(first);
    expect(await machine.state()).toMatchObject({ state: "running" });
  });

  it("asks a guest that is still starting again, until it turns itself off", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await machine.start();
    await machine.requestStop({ stopAfter: 300 });
    expect(await machine.waitUntilStopped()).toMatchObject({ reason: "request" });
  });

  it("asks a guest that is still starting again at the end of the helper", async () => {
    const own = await launchHelper({ shutdownGrace: 300 });
    const machine = await own.machines.create(linuxGuest());
    await machine.start();
    const stopped = machine.once("stopped");
    await own.close();
    expect(await stopped).toMatchObject({ reason: "request" });
  });

  it("says that a hypervisor does not answer, with what is known", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await machine.start();
    const { hypervisorProcessIdentifier = 0 } = await machine.state();
    process.kill(hypervisorProcessIdentifier, "SIGSTOP");
    const state = await machine.state({ live: true });
    expect(state).toMatchObject({ state: "running", isHypervisorResponding: false, hypervisorProcessIdentifier });
    expect(state.hypervisorStatus).toBeUndefined();
    process.kill(hypervisorProcessIdentifier, "SIGCONT");
    expect(await machine.state({ live: true })).toMatchObject({
      isHypervisorResponding: true,
      hypervisorStatus: "running",
    });
  });

  it("stops a guest by force after the grace when it ignores the request", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await boot(machine);
    await runInGuest(machine, "killall power-button");
    const stopped = machine.once("stopped");
    await machine.requestStop({ stopAfter: 1 });
    expect(await stopped).toMatchObject({ reason: "stop" });
  });

  it("runs machines side by side", async () => {
    const machines = await Promise.all(
      [1, 2, 3].map((n) => helper.machines.create(linuxGuest(), { name: `side ${n}` })),
    );
    await Promise.all(machines.map((machine) => machine.start()));
    await Promise.all(machines.map((machine) => consoleShows(machine, "vzkit-guest: ready")));
    const listed = await helper.machines.list();
    expect(listed.filter(({ state }) => state === "running")).toHaveLength(3);
    await Promise.all(machines.map((machine) => machine.dispose()));
  });

  it("keeps the order of requests sent without waiting", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    const results = await Promise.allSettled([
      machine.start(),
      machine.pause(),
      machine.resume(),
      machine.stop(),
      machine.start(),
      machine.stop(),
    ]);
    expect(results.map(({ status }) => status)).toEqual(Array(6).fill("fulfilled"));
  });

  it("refuses what the state does not allow", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await expect(machine.pause()).rejects.toMatchObject({ kind: "invalidStateTransition" });
    await expect(machine.stop()).rejects.toMatchObject({ kind: "invalidStateTransition" });
    await expect(machine.requestStop()).rejects.toMatchObject({ kind: "invalidState" });
    await machine.start();
    await expect(machine.start()).rejects.toMatchObject({
      kind: "invalidStateTransition",
      apple: { domain: "VZErrorDomain", code: 4 },
    });
    await machine.stop();
  });
});

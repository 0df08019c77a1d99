import { beforeEach, describe, expect, it } from "vitest";
import { Machines } from "../../src/machines/machines.js";
import { MemoryPeer } from "../helpers/memoryPeer.js";

let peer: MemoryPeer;
let machines: Machines;
beforeEach(() => {
  peer = new MemoryPeer();
  machines = new Machines(peer.connection);
});

const stopped = (machine: string, reason = "guest") => ({ method: "machine.stopped", params: { machine, reason } });
const changed = (machine: string, state: string) => ({
  method: "machine.stateChanged",
  params: { machine, state, previousState: "stopped" },
});

const shareOf = (share: object) => ["sharing.setShare", { machine: "m1", tag: "work", share }];

describe("a machine", () => {
  it("sends what its methods say and leaves out what was not given", async () => {
    const machine = machines.get("m1");
    const calls = [
      machine.start(),
      machine.start({ paused: true }),
      machine.requestStop({ stopAfter: 5 }),
      machine.stop(),
      machine.balloon.setTarget(7),
      machine.state({ live: true }),
      machine.shares.set("work", "/src"),
      machine.shares.set("work", { path: "/src/../tools", isReadOnly: true }),
      machine.shares.set("work", { kind: "multiple", directories: { a: { path: "/src/." } } }),
      machine.shares.set("work", undefined),
    ];
    await peer.message(calls.length - 1);
    expect(peer.received.map(({ method, params }) => [method, params])).toEqual([
      ["machine.start", { machine: "m1" }],
      ["machine.start", { machine: "m1", paused: true }],
      ["machine.requestStop", { machine: "m1", stopAfter: 5 }],
      ["machine.stop", { machine: "m1" }],
      ["balloon.setTarget", { machine: "m1", memorySize: 7 }],
      ["machine.state", { machine: "m1", live: true }],
      shareOf({ kind: "single", directory: { path: "/src" } }),
      shareOf({ kind: "single", directory: { path: "/tools", isReadOnly: true } }),
      shareOf({ kind: "multiple", directories: { a: { path: "/src" } } }),
      ["sharing.setShare", { machine: "m1", tag: "work" }],
    ]);
    peer.connection.close(() => new Error("end of test"));
    await Promise.allSettled(calls);
  });

  it("starts with folders and a window in one request, and keeps the window only when it runs", async () => {
    const machine = machines.get("m1");
    const share = { "My Project": "/src", notes: { path: "/notes", isReadOnly: true } };
    const started = machine.start({ share, shares: { work: "/work" }, window: true });
    expect(machine.displays.window).toBeDefined();
    await peer.answer(0);
    expect(await started).toEqual({});
    const directories = { "My Project": { path: "/src" }, notes: { path: "/notes", isReadOnly: true } };
    expect(peer.received[0]).toMatchObject({
      method: "machine.start",
      params: {
        machine: "m1",
        window: {},
        shares: {
          work: { kind: "single", directory: { path: "/work" } },
          "com.apple.virtio-fs.automount": { kind: "multiple", directories },
        },
      },
    });
    const { window } = machine.displays;
    expect(window).toBeDefined();

    const refused = machine.start({ window: { title: "Again" } });
    await peer.refuse(1, { code: -32042, message: "it runs", data: { kind: "invalidStateTransition" } });
    await expect(refused).rejects.toMatchObject({ kind: "invalidStateTransition" });
    expect(machine.displays.window).toBe(window);
  });

  it("says why there is no window when it can do without", async () => {
    const machine = machines.get("m1");
    const started = machine.start({ window: { isRequired: false } });
    await peer.answer(0, { noWindowReason: "no GUI session" });
    expect(await started).toEqual({ noWindowReason: "no GUI session" });
    expect(machine.displays.window).toBeUndefined();
  });

  it("hears of itself only, from its creation on", async () => {
    const created = machines.create({
      cpuCount: 1,
      memorySize: 1,
      bootLoader: { kind: "linux", kernelPath: "/k" },
    });
    const configuration = (await peer.message(0)).params?.configuration;
    await peer.answer(0, { machine: "m1", configuration });
    const machine = await created;
    expect(machine).toMatchObject({ handle: "m1", configuration });
    expect(machines.get("m1")).toBe(machine);
    const states: string[] = [];
    machine.on("stateChanged", ({ state }) => states.push(state));
    peer.send(changed("m1", "starting"), changed("m2", "paused"), changed("m1", "running"));
    await settled();
    expect(states).toEqual(["starting", "running"]);
  });

  it("remembers how it stopped until it is started again", async () => {
    const machine = machines.get("m1");
    const first = machine.waitUntilStopped();
    peer.send(stopped("m1", "guest"));
    expect(await first).toMatchObject({ reason: "guest" });
    expect(await machine.waitUntilStopped()).toMatchObject({ reason: "guest" });
    peer.send(changed("m1", "starting"));
    await settled();
    const second = machine.waitUntilStopped();
    peer.send(stopped("m1", "stop"));
    expect(await second).toMatchObject({ reason: "stop" });
  });

  it("is disposed once, also when it is gone already, and ends its events", async () => {
    const machine = machines.get("m1");
    const events = machine.events("stopped");
    const disposals = [machine.dispose(), machine[Symbol.asyncDispose]()];
    await peer.refuse(0, { code: -32010, message: "gone", data: { kind: "machineNotFound" } });
    await Promise.all(disposals);
    expect(peer.received).toHaveLength(1);
    expect(await events.next()).toEqual({ done: true, value: undefined });
    await expect(machine.once("stopped")).rejects.toMatchObject({ kind: "connectionClosed" });
    expect(machines.get("m1")).not.toBe(machine);
  });

  it("can be disposed again when that failed", async () => {
    const machine = machines.get("m1");
    const failed = machine.dispose();
    await peer.refuse(0, { code: -32603, message: "no", data: { kind: "internalError" } });
    await expect(failed).rejects.toMatchObject({ kind: "internalError" });
    const again = machine.dispose();
    await peer.answer(1);
    await again;
  });

  it("hands the failure of the connection to its waits", async () => {
    const machine = machines.get("m1");
    const waits = [machine.waitUntilStopped(), machine.events("stopped").next()];
    peer.connection.close(() => new Error("dead"));
    for (const wait of waits) await expect(wait).rejects.toThrow("dead");
  });
});

/** Resolves when everything that was sent so far has been read. */
async function settled(): Promise<void> {
  const count = peer.received.length;
  const ping = peer.connection.request("ping");
  await peer.answer(count);
  await ping;
}

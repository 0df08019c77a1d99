import { describe, expectTypeOf, it } from "vitest";
import type {
  BundleInstallation,
  DiskCreateResult,
  DiskProgress,
  DisplayScreenshotResult,
  Helper,
  HelperExitError,
  Machine,
  MachineConfiguration,
  MachineStateChangedEvent,
  MachineStateResult,
  RequestError,
} from "../../src/index.js";

declare const helper: Helper;
declare const configuration: MachineConfiguration;

describe("request", () => {
  it("knows the params and the result of every method", () => {
    expectTypeOf(helper.request("machine.state", { machine: "m" })).resolves.toEqualTypeOf<MachineStateResult>();
    expectTypeOf(helper.request("disk.create", { path: "/d", size: 512 })).resolves.toEqualTypeOf<DiskCreateResult>();
    expectTypeOf(helper.requestUnchecked("balloon.target", { machine: "m" })).resolves.toEqualTypeOf<{
      memorySize: number;
    }>();
  });

  it("lets params be left out only where none is required", () => {
    expectTypeOf(helper.request("ping")).resolves.toBeObject();
    expectTypeOf(helper.request("ping", {})).resolves.toBeObject();
    expectTypeOf(helper.request("shutdown")).resolves.toBeObject();
    // @ts-expect-error the machine is missing
    helper.request("machine.start");
    // @ts-expect-error the machine is missing
    helper.request("machine.start", {});
  });

  it("refuses unknown methods, unknown keys and wrong types", () => {
    // @ts-expect-error no such method
    helper.request("machine.fly", { machine: "m" });
    // @ts-expect-error no such key
    helper.request("machine.start", { machine: "m", fast: true });
    // @ts-expect-error a handle is a string
    helper.request("machine.start", { machine: 7 });
    // @ts-expect-error ping takes nothing
    helper.request("ping", { a: 1 });
    // @ts-expect-error no such boot loader
    helper.machines.create({ ...configuration, bootLoader: { kind: "bios" } });
    // @ts-expect-error a union's variants keep their own fields apart
    configuration.serialPorts = [{ kind: "virtioConsole", attachment: { kind: "file" } }];
  });

  it("takes a progress listener only for methods that report any", () => {
    helper.request(
      "disk.create",
      { path: "/d", size: 512 },
      { onProgress: (it) => expectTypeOf(it).toEqualTypeOf<DiskProgress>() },
    );
    // @ts-expect-error start reports no progress
    helper.request("machine.start", { machine: "m" }, { onProgress: () => {} });
    helper.request("machine.start", { machine: "m" }, { signal: AbortSignal.abort(), timeout: null });
  });
});

describe("objects", () => {
  it("give and take what the protocol says", async () => {
    const machine = await helper.machines.create(configuration, { name: "m" });
    expectTypeOf(machine.state({ live: true })).resolves.toEqualTypeOf<MachineStateResult>();
    expectTypeOf(machine.balloon.setTarget(1)).resolves.toBeNumber();
    expectTypeOf(await machine.console.open({ name: "serial0", from: 3 })).toExtend<NodeJS.ReadWriteStream>();
    expectTypeOf(await machine.console.open({ from: 3 })).toExtend<AsyncDisposable>();
    for await (const connection of await machine.sockets.listen(3))
      expectTypeOf(connection).toExtend<NodeJS.ReadWriteStream>();
    // @ts-expect-error seconds are a number
    machine.requestStop({ stopAfter: "1" });
    // @ts-expect-error a console is named by a string
    machine.console.open({ name: 1 });
  });

  it("can be disposed", () => {
    expectTypeOf<Helper>().toExtend<AsyncDisposable>();
  });
});

describe("events", () => {
  it("have the types of their names", async () => {
    const machine = helper.machines.get("m");
    machine.on("stateChanged", (event) => expectTypeOf(event).toEqualTypeOf<MachineStateChangedEvent>());
    expectTypeOf(machine.once("stateChanged")).resolves.toEqualTypeOf<MachineStateChangedEvent>();
    expectTypeOf(machine.once("stateChanged", () => {})).toEqualTypeOf(machine);
    for await (const event of machine.events("stopped", { limit: 3 })) expectTypeOf(event.reason).toExtend<string>();
    helper.on("machine.stopped", ({ machine: handle }) => expectTypeOf(handle).toBeString());
    // @ts-expect-error no such event
    machine.on("started", () => {});
    // @ts-expect-error events of a helper carry their domain
    helper.on("stopped", () => {});
  });

  it("have states that are known by name and open to more", () => {
    expectTypeOf<"running">().toExtend<MachineStateChangedEvent["state"]>();
    expectTypeOf<string>().toExtend<MachineStateChangedEvent["state"]>();
  });
});

describe("errors", () => {
  it("tell apart by kind", () => {
    expectTypeOf<RequestError["kind"]>().toExtend<string>();
    expectTypeOf<"machineNotFound">().toExtend<RequestError["kind"]>();
    expectTypeOf<HelperExitError["kind"]>().toEqualTypeOf<"helperExited">();
    expectTypeOf<HelperExitError["exitCode"]>().toEqualTypeOf<number | null>();
  });
});

describe("screenshot", () => {
  it("gives bytes, or a file when it is told where", () => {
    const machine = helper.machines.get("m");
    expectTypeOf(machine.displays.screenshot()).resolves.toEqualTypeOf<Buffer>();
    expectTypeOf(machine.displays.screenshot({ display: 1, timeout: 2 })).resolves.toEqualTypeOf<Buffer>();
    expectTypeOf(machine.displays.screenshot({ to: "s.png" })).resolves.toEqualTypeOf<DisplayScreenshotResult>();
    // @ts-expect-error there is nothing to overwrite
    machine.displays.screenshot({ overwrite: true });
  });
});

describe("a virtual Mac", () => {
  it("is made from what a download resolved with, and devices are checked", async () => {
    const image = await helper.restoreImages.latestSupported();
    const ipsw = await image.download({ to: "images" });
    const mac = helper.machines.createMac("dev.vzkit", { restoreImage: ipsw, audioDevices: [] });
    expectTypeOf(mac).resolves.toEqualTypeOf<Machine>();
    expectTypeOf<Machine["installation"]>().toEqualTypeOf<BundleInstallation | undefined>();
    // @ts-expect-error there is no such keyboard
    helper.machines.createMac("dev.vzkit", { restoreImage: ipsw, keyboards: [{ kind: "typewriter" }] });
    // @ts-expect-error the URL is the image's own
    image.download({ url: "https://example.com" });
  });
});

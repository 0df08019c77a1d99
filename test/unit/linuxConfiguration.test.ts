import { describe, expect, it } from "vitest";
import { gib, linuxConfiguration, mib } from "../../src/index.js";
import { sentSchemas } from "../../src/protocol/schemas.generated.js";

describe("linuxConfiguration", () => {
  it("fills in what most guests want", () => {
    const configuration = linuxConfiguration({ kernel: "/boot/vmlinuz" });
    expect(sentSchemas.MachineConfiguration.parse(configuration)).toEqual(configuration);
    expect(configuration).toMatchObject({
      cpuCount: 2,
      memorySize: gib(1),
      bootLoader: { kind: "linux", kernelPath: "/boot/vmlinuz", commandLine: "console=hvc0" },
      networkDevices: [{ attachment: { kind: "nat" } }],
      serialPorts: [{ attachment: { kind: "stream" } }],
      storageDevices: [],
    });
  });

  it("takes disks, shares and ports in short and in detail", () => {
    const configuration = linuxConfiguration({
      kernel: "/vmlinuz",
      initialRamdisk: "/initrd",
      commandLine: "quiet",
      cpuCount: 4,
      memorySize: mib(256),
      disks: ["/a.img", { path: "/b.img", isReadOnly: true, identifier: "b" }],
      shares: { home: "/home", fixed: { path: "/srv", isReadOnly: true } },
      portForwards: [{ hostPort: 2222, guestPort: 22 }],
    });
    expect(sentSchemas.MachineConfiguration.parse(configuration)).toEqual(configuration);
    expect(configuration.bootLoader).toEqual({
      kind: "linux",
      kernelPath: "/vmlinuz",
      initialRamdiskPath: "/initrd",
      commandLine: "quiet",
    });
    expect(configuration.storageDevices).toEqual([
      { kind: "virtioBlock", attachment: { kind: "diskImage", path: "/a.img" } },
      {
        kind: "virtioBlock",
        attachment: { kind: "diskImage", path: "/b.img", isReadOnly: true },
        blockDeviceIdentifier: "b",
      },
    ]);
    expect(configuration.directorySharingDevices).toEqual([
      { kind: "virtioFileSystem", tag: "home", share: { kind: "single", directory: { path: "/home" } } },
      {
        kind: "virtioFileSystem",
        tag: "fixed",
        share: { kind: "single", directory: { path: "/srv", isReadOnly: true } },
      },
    ]);
    expect(configuration.networkDevices).toEqual([
      { kind: "virtio", attachment: { kind: "nat", portForwards: [{ hostPort: 2222, guestPort: 22 }] } },
    ]);
  });

  it("adds a display with what people work it with", () => {
    const configuration = linuxConfiguration({ kernel: "/boot/vmlinuz", display: { width: 1280, height: 800 } });
    expect(sentSchemas.MachineConfiguration.parse(configuration)).toEqual(configuration);
    expect(configuration).toMatchObject({
      graphicsDevices: [{ kind: "virtio", scanouts: [{ widthInPixels: 1280, heightInPixels: 800 }] }],
      keyboards: [{ kind: "usb" }],
      pointingDevices: [{ kind: "usbScreenCoordinate" }],
    });
    expect(linuxConfiguration({ kernel: "/boot/vmlinuz" })).not.toHaveProperty("graphicsDevices");
  });

  it("leaves the network out when it is not wanted", () => {
    expect(linuxConfiguration({ kernel: "/k", network: false }).networkDevices).toEqual([]);
  });
});

describe("sizes", () => {
  it("are whole bytes", () => {
    expect([mib(1), gib(1), mib(1.5), gib(0.1)]).toEqual([1048576, 1073741824, 1572864, 107374182]);
  });
});

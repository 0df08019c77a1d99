import { gib } from "../base/sizes.js";
import type {
  DirectorySharingDevice,
  MachineConfiguration,
  NetworkDevice,
  PortForward,
  StorageDevice,
} from "../protocol/types.generated.js";
import { directoryShare, type SharedFolder } from "./shares.js";

/** A disk in detail. */
export interface LinuxDisk {
  /** The RAW image; its size is a multiple of 512 bytes. */
  path: string;
  /** Whether the guest may only read; false by default. */
  isReadOnly?: boolean | undefined;
  /** The serial number the guest reads, at most 20 bytes. */
  identifier?: string | undefined;
}

/** What a Linux guest is made of. */
export interface LinuxOptions {
  /** The kernel: an arm64 Image, or a bzImage or ELF vmlinux on x86-64. */
  kernel: string;
  /** The initial RAM disk. */
  initialRamdisk?: string | undefined;
  /** The kernel's command line; `console=hvc0` by default, which shows the boot on the console. */
  commandLine?: string | undefined;
  /** Virtual CPUs; 2 by default. */
  cpuCount?: number | undefined;
  /** Memory in bytes, a multiple of 1 MiB; 1 GiB by default. */
  memorySize?: number | undefined;
  /** Disks in the order of /dev/vda, /dev/vdb and so on, by path or in detail. */
  disks?: readonly (string | LinuxDisk)[] | undefined;
  /** Whether the guest has a network behind the host's address; true by default. */
  network?: boolean | undefined;
  /** Ports of the host that lead to ports of the guest. */
  portForwards?: readonly PortForward[] | undefined;
  /** A display of that size in pixels, with a USB keyboard and pointer; none by default. */
  display?: { readonly width: number; readonly height: number } | undefined;
  /** Folders of the host by the tag to mount: `mount -t virtiofs TAG FOLDER`. By path or in detail. */
  shares?: Readonly<Record<string, SharedFolder>> | undefined;
}

/**
 * Returns the configuration of a Linux guest with what most want: a console, a network, random numbers, a memory balloon
 * and Virtio sockets. It is a plain object; change it at will. Relative paths become those of this process when it is used.
 *
 * @example
 * ```ts
 * const configuration = linuxConfiguration({ kernel: "vmlinuz", initialRamdisk: "initrd", disks: ["root.img"] });
 * await using machine = await helper.machines.create(configuration);
 * ```
 */
export function linuxConfiguration(options: LinuxOptions): MachineConfiguration {
  const { kernel, initialRamdisk, commandLine = "console=hvc0", disks = [], shares = {} } = options;
  return {
    cpuCount: options.cpuCount ?? 2,
    memorySize: options.memorySize ?? gib(1),
    bootLoader: {
      kind: "linux",
      kernelPath: kernel,
      initialRamdiskPath: initialRamdisk,
      commandLine,
    },
    storageDevices: disks.map(storageDevice),
    networkDevices: options.network === false ? [] : [networkDevice(options.portForwards ?? [])],
    serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream" } }],
    entropyDevices: [{ kind: "virtio" }],
    memoryBalloonDevices: [{ kind: "virtioTraditional" }],
    directorySharingDevices: Object.entries(shares).map(([tag, share]) => sharingDevice(tag, share)),
    socketDevices: [{ kind: "virtio" }],
    ...(options.display !== undefined && displayDevices(options.display)),
  };
}

function displayDevices({ width, height }: { width: number; height: number }): Partial<MachineConfiguration> {
  return {
    graphicsDevices: [{ kind: "virtio", scanouts: [{ widthInPixels: width, heightInPixels: height }] }],
    keyboards: [{ kind: "usb" }],
    pointingDevices: [{ kind: "usbScreenCoordinate" }],
  };
}

function storageDevice(disk: string | LinuxDisk): StorageDevice {
  const { path, isReadOnly, identifier }: LinuxDisk = typeof disk === "string" ? { path: disk } : disk;
  return {
    kind: "virtioBlock",
    attachment: { kind: "diskImage", path, isReadOnly },
    blockDeviceIdentifier: identifier,
  };
}

function networkDevice(portForwards: readonly PortForward[]): NetworkDevice {
  const forwards = portForwards.length === 0 ? {} : { portForwards: [...portForwards] };
  return { kind: "virtio", attachment: { kind: "nat", ...forwards } };
}

function sharingDevice(tag: string, share: SharedFolder): DirectorySharingDevice {
  return { kind: "virtioFileSystem", tag, share: directoryShare(share) };
}

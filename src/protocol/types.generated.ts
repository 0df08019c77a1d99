// generated from protocol/spec by scripts/generate.ts, do not edit

/** Any JSON value. */
export type JSONValue = null | boolean | number | string | JSONValue[] | { [key: string]: JSONValue };

/** An answer that only says that it worked; later versions may put something in it. */
export type EmptyResult = Record<string, unknown>;

/** Params of `balloon.target`. */
export interface BalloonTargetParams {
  /** The machine. */
  machine: MachineHandle;
}

/** Result of `balloon.target`. */
export interface BalloonTargetResult {
  /** Target in bytes. */
  memorySize: number;
}

/** Params of `balloon.setTarget`. */
export interface BalloonSetTargetParams {
  /** The machine. */
  machine: MachineHandle;
  /** Wanted size in bytes. */
  memorySize: number;
}

/** Result of `balloon.setTarget`. */
export interface BalloonSetTargetResult {
  /** The target that was set in bytes. */
  memorySize: number;
}

/**
 * What can be done with a bundle.
 *
 * - `complete`: Its own parts are there, and the files and folders that it uses elsewhere.
 * - `inUse`: Its own parts are there, and a helper has it.
 * - `missingFiles`: Its own parts are there, but not all that it uses elsewhere, such as a kernel or a shared folder;
 * missing names what. Put it back, or name another with bundle.update.
 * - `incomplete`: Its making or deletion was interrupted, a part is missing or empty, or it cannot be read; the reason
 * says which.
 * - `newer`: A newer version of vzkit made it.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type BundleState = "complete" | "inUse" | "missingFiles" | "incomplete" | "newer" | (string & {});

/**
 * Whether a guest system is on the bundle's disk.
 *
 * - `notRequired`: vzkit installs nothing on it.
 * - `required`: The guest system is still to be installed.
 * - `interrupted`: Installing was begun and did not end well; it can be started again.
 * - `complete`: The guest system was installed.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type BundleInstallation = "notRequired" | "required" | "interrupted" | "complete" | (string & {});

/** A bundle, seen from outside. */
export interface BundleSummary {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
  /** The folder's name without .vzkit. */
  name: string;
  /**
   * Where it leads when it is a symbolic link to a bundle.
   *
   * An absolute path.
   */
  linkTarget?: string | undefined;
  /** What can be done with it. */
  state: BundleState;
  /** Why it is not complete or who has it. */
  reason?: string | undefined;
  /** Version of the format of machine.json. */
  version?: number | undefined;
  /** Whether a guest system is on its disk. */
  installation?: BundleInstallation | undefined;
  /** What vzkit has installed on its disk, once that is complete. */
  system?: InstalledSystem | undefined;
  /** The files and folders of its configuration that cannot be found; absent when there are none. */
  missing?: MissingFile[] | undefined;
  /** Present when it was made by the stand-in for tests and holds no macOS; a sentence to show to people. */
  standInNotice?: string | undefined;
}

/** A file or folder that a configuration names and that cannot be found. */
export interface MissingFile {
  /** The field that names it, such as configuration.bootLoader.kernelPath. */
  field: string;
  /**
   * The file or folder.
   *
   * An absolute path.
   */
  path: string;
  /** Why it cannot be found, in the system's words; for a link also where it leads. */
  reason: string;
}

/** A system that was installed. */
export interface InstalledSystem {
  /** The version of macOS, such as 15.6.1. */
  version: string;
  /** Its build, such as 24G90. */
  build: string;
}

/**
 * The program that made a machine.
 *
 * - `tart`: Tart, version 1 of its format.
 * - `lume`: Lume.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type BundleImportFormat = "tart" | "lume" | (string & {});

/**
 * Where the Recovery partition of a virtual Mac lies on a disk that was resized.
 *
 * - `moved`: This request has moved it to the end of the disk.
 * - `atEnd`: At the end of the disk, with nothing free behind it.
 * - `inTheWay`: Before the free space, so that the guest cannot add it to its system: diskutil refuses with error
 * -69519. Resize with relocateRecovery.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type RecoveryPartition = "moved" | "atEnd" | "inTheWay" | (string & {});

/** Params of `bundle.create`. */
export interface BundleCreateParams {
  /**
   * The bundle to make; the name ends in .vzkit and has at most 240 bytes, its folder exists.
   *
   * An absolute path.
   */
  path: string;
  /** What the machine is made of. Paths in the bundle's folder are stored relative to it. */
  configuration: MachineConfiguration;
  /**
   * Makes the sparse disk image disk.img of so many bytes, a multiple of 512; it is the first disk unless the
   * configuration names it elsewhere.
   */
  diskSize?: number | undefined;
  /** The format of disk.img; raw by default. */
  diskFormat?: DiskImageFormat | undefined;
  /** notRequired by default. */
  installation?: BundleInstallation | undefined;
}

/** Result of `bundle.create`. */
export interface BundleCreateResult {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
  /** The stored configuration, with a machine identifier and MAC addresses. */
  configuration: MachineConfiguration;
}

/** Params of `bundle.createMac`. */
export interface BundleCreateMacParams {
  /**
   * The bundle to make, as in bundle.create.
   *
   * An absolute path.
   */
  path: string;
  /**
   * The restore image, an IPSW file; it gives hardware model and requirements and is not stored.
   *
   * An absolute path.
   */
  restoreImage: string;
  /**
   * Virtual CPUs; by default 4, with fewer of which the installer stalls, or what the image requires if that is more.
   */
  cpuCount?: number | undefined;
  /** A name for messages and logs, 1 to 255 bytes; the bundle's by default. */
  name?: string | undefined;
  /**
   * Memory in bytes, a multiple of 1 MiB; by default 8 GiB or half of the host's if that is less, but what the image
   * requires at least.
   */
  memorySize?: number | undefined;
  /** Size of the sparse disk image disk.img in bytes, a multiple of 512; 64 GiB by default. */
  diskSize?: number | undefined;
  /** The format of disk.img; raw by default. */
  diskFormat?: DiskImageFormat | undefined;
  /**
   * As in MachineConfiguration.
   *
   * Wraps `VZVirtualMachineConfiguration.label`. Since macOS 27.0.
   */
  label?: string | undefined;
  /**
   * Disks, in the order the guest sees them.
   *
   * Wraps `VZVirtualMachineConfiguration.storageDevices`.
   */
  storageDevices?: StorageDevice[] | undefined;
  /**
   * Network interfaces.
   *
   * Wraps `VZVirtualMachineConfiguration.networkDevices`.
   */
  networkDevices?: NetworkDevice[] | undefined;
  /**
   * Serial ports; the first one is the Linux guest's hvc0.
   *
   * Wraps `VZVirtualMachineConfiguration.serialPorts`.
   */
  serialPorts?: SerialPort[] | undefined;
  /**
   * Console devices with named ports.
   *
   * Wraps `VZVirtualMachineConfiguration.consoleDevices`.
   */
  consoleDevices?: ConsoleDevice[] | undefined;
  /**
   * Sources of random numbers.
   *
   * Wraps `VZVirtualMachineConfiguration.entropyDevices`.
   */
  entropyDevices?: EntropyDevice[] | undefined;
  /**
   * At most one memory balloon.
   *
   * Wraps `VZVirtualMachineConfiguration.memoryBalloonDevices`.
   */
  memoryBalloonDevices?: MemoryBalloonDevice[] | undefined;
  /**
   * Folders of the host that the guest can mount.
   *
   * Wraps `VZVirtualMachineConfiguration.directorySharingDevices`.
   */
  directorySharingDevices?: DirectorySharingDevice[] | undefined;
  /**
   * At most one Virtio socket device.
   *
   * Wraps `VZVirtualMachineConfiguration.socketDevices`.
   */
  socketDevices?: SocketDevice[] | undefined;
  /**
   * Graphics devices with their displays.
   *
   * Wraps `VZVirtualMachineConfiguration.graphicsDevices`.
   */
  graphicsDevices?: GraphicsDevice[] | undefined;
  /**
   * Keyboards; a virtual Mac has both kinds so that every guest sees one.
   *
   * Wraps `VZVirtualMachineConfiguration.keyboards`.
   */
  keyboards?: Keyboard[] | undefined;
  /**
   * Pointing devices; a virtual Mac with a trackpad and nothing else gets a USB one beside it.
   *
   * Wraps `VZVirtualMachineConfiguration.pointingDevices`.
   */
  pointingDevices?: PointingDevice[] | undefined;
  /**
   * Sound devices.
   *
   * Wraps `VZVirtualMachineConfiguration.audioDevices`.
   */
  audioDevices?: AudioDevice[] | undefined;
}

/** Result of `bundle.createMac`. */
export interface BundleCreateMacResult {
  /** The machine, as from bundle.open. */
  machine: MachineHandle;
  /** The configuration with everything filled in, as from bundle.open. */
  configuration: MachineConfiguration;
  /** required. */
  installation: BundleInstallation;
  /** Present when it was made by the stand-in for tests and holds no macOS; a sentence to show to people. */
  standInNotice?: string | undefined;
  /** What may end the installation all the same, as of restoreImage.preflight; empty when nothing is known. */
  warnings: RestoreImagePreflightWarning[];
}

/** Params of `bundle.open`. */
export interface BundleOpenParams {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
  /** A name for messages and logs, 1 to 255 bytes; the bundle's by default. */
  name?: string | undefined;
}

/** Result of `bundle.open`. */
export interface BundleOpenResult {
  /** The handle for all further requests. */
  machine: MachineHandle;
  /** The configuration with everything filled in. */
  configuration: MachineConfiguration;
  /** Whether a guest system is on its disk. */
  installation: BundleInstallation;
  /** Present when it was made by the stand-in for tests and holds no macOS; a sentence to show to people. */
  standInNotice?: string | undefined;
}

/** Params of `bundle.list`. */
export interface BundleListParams {
  /**
   * The folder.
   *
   * An absolute path.
   */
  folder: string;
}

/** Result of `bundle.list`. */
export interface BundleListResult {
  /** All of them. */
  bundles: BundleSummary[];
}

/** Params of `bundle.inspect`. */
export interface BundleInspectParams {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
}

/** Result of `bundle.inspect`. */
export interface BundleInspectResult {
  /** The bundle. */
  bundle: BundleSummary;
  /** The stored configuration, unless it cannot be read. */
  configuration?: MachineConfiguration | undefined;
  /** Size of disk.img in bytes, as the guest sees it. */
  diskSize?: number | undefined;
  /** Bytes that disk.img takes on the host. */
  diskUsage?: number | undefined;
  /**
   * Where disk.img leads when it is a symbolic link, such as to another drive.
   *
   * An absolute path.
   */
  diskLinkTarget?: string | undefined;
  /**
   * Other machines that run now with the machine identifier or a MAC address of this bundle; absent when there are
   * none. bundle.renewIdentity makes it another machine.
   */
  identityHolders?: RunningMachine[] | undefined;
}

/** Params of `bundle.clone`. */
export interface BundleCloneParams {
  /**
   * The bundle to copy.
   *
   * An absolute path.
   */
  path: string;
  /**
   * The bundle to make, as in bundle.create.
   *
   * An absolute path.
   */
  to: string;
  /**
   * Whether to answer only when the disks' data would survive a power cut. False by default: the system writes it in
   * its own time, as with any copy.
   */
  synchronize?: boolean | undefined;
}

/** Result of `bundle.clone`. */
export interface BundleCloneResult {
  /**
   * The clone.
   *
   * An absolute path.
   */
  path: string;
  /** The stored configuration of the clone. */
  configuration: MachineConfiguration;
}

/** Params of `bundle.import`. */
export interface BundleImportParams {
  /**
   * The machine's folder, such as ~/.tart/vms/NAME or ~/.lume/NAME written out.
   *
   * An absolute path.
   */
  from: string;
  /**
   * The bundle to make, as in bundle.create.
   *
   * An absolute path.
   */
  to: string;
  /**
   * Whether the bundle gets a machine identifier and MAC addresses of its own. False by default: the guest stays the
   * machine that it is, with its Apple account and its address; then it must not run in both places at once.
   */
  newIdentity?: boolean | undefined;
  /** As in bundle.clone; false by default. */
  synchronize?: boolean | undefined;
}

/** Result of `bundle.import`. */
export interface BundleImportResult {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
  /** The stored configuration. */
  configuration: MachineConfiguration;
  /** Whose machine it was. */
  format: BundleImportFormat;
  /** What is not as it was, in sentences for people; empty when everything is. */
  notes: string[];
}

/** Params of `bundle.rename`. */
export interface BundleRenameParams {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
  /** The new name without .vzkit: 1 to 234 bytes, no slash, not beginning with a dot. */
  name: string;
}

/** Result of `bundle.rename`. */
export interface BundleRenameResult {
  /**
   * Where it is now.
   *
   * An absolute path.
   */
  path: string;
}

/** Params of `bundle.update`. */
export interface BundleUpdateParams {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
  /** What the machine is made of, all of it. Paths in the bundle's folder are stored relative to it. */
  configuration: MachineConfiguration;
}

/** Result of `bundle.update`. */
export interface BundleUpdateResult {
  /** The stored configuration, with everything filled in that must stay the same. */
  configuration: MachineConfiguration;
}

/** Params of `bundle.renewIdentity`. */
export interface BundleRenewIdentityParams {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
}

/** Result of `bundle.renewIdentity`. */
export interface BundleRenewIdentityResult {
  /** The stored configuration. */
  configuration: MachineConfiguration;
}

/** Params of `bundle.resizeDisk`. */
export interface BundleResizeDiskParams {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
  /**
   * The new size in bytes, a multiple of 512, not less than the present one. With relocateRecovery it must be larger
   * than the disk of the partition table by the Recovery partition at least, some 5 GB; the refusal names the smallest
   * size. The image stays sparse.
   */
  size: number;
  /** Whether the Recovery partition of a virtual Mac is moved to the end; false by default. */
  relocateRecovery?: boolean | undefined;
}

/** Result of `bundle.resizeDisk`. */
export interface BundleResizeDiskResult {
  /** The size in bytes. */
  size: number;
  /** Where the Recovery partition lies; absent when there is none, or no partition table that is understood. */
  recovery?: RecoveryPartition | undefined;
  /** What is to be known or done next, in sentences for people; empty when nothing is. */
  notes: string[];
}

/** Params of `bundle.delete`. */
export interface BundleDeleteParams {
  /**
   * The bundle.
   *
   * An absolute path.
   */
  path: string;
}

/**
 * Everything a machine is made of. Device lists are empty when absent.
 *
 * Wraps `VZVirtualMachineConfiguration`. Since macOS 11.0.
 */
export interface MachineConfiguration {
  /**
   * Number of virtual CPUs.
   *
   * Wraps `VZVirtualMachineConfiguration.cpuCount`.
   */
  cpuCount: number;
  /**
   * Guest memory in bytes, a multiple of 1 MiB.
   *
   * Wraps `VZVirtualMachineConfiguration.memorySize`.
   */
  memorySize: number;
  /**
   * A name for system services to show, 1 to 64 characters.
   *
   * Wraps `VZVirtualMachineConfiguration.label`. Since macOS 27.0.
   */
  label?: string | undefined;
  /**
   * Generic when absent.
   *
   * Wraps `VZVirtualMachineConfiguration.platform`.
   */
  platform?: Platform | undefined;
  /**
   * How the guest starts.
   *
   * Wraps `VZVirtualMachineConfiguration.bootLoader`.
   */
  bootLoader: BootLoader;
  /**
   * Disks, in the order the guest sees them.
   *
   * Wraps `VZVirtualMachineConfiguration.storageDevices`.
   */
  storageDevices?: StorageDevice[] | undefined;
  /**
   * Network interfaces.
   *
   * Wraps `VZVirtualMachineConfiguration.networkDevices`.
   */
  networkDevices?: NetworkDevice[] | undefined;
  /**
   * Serial ports; the first one is the Linux guest's hvc0.
   *
   * Wraps `VZVirtualMachineConfiguration.serialPorts`.
   */
  serialPorts?: SerialPort[] | undefined;
  /**
   * Console devices with named ports.
   *
   * Wraps `VZVirtualMachineConfiguration.consoleDevices`.
   */
  consoleDevices?: ConsoleDevice[] | undefined;
  /**
   * Sources of random numbers.
   *
   * Wraps `VZVirtualMachineConfiguration.entropyDevices`.
   */
  entropyDevices?: EntropyDevice[] | undefined;
  /**
   * At most one memory balloon.
   *
   * Wraps `VZVirtualMachineConfiguration.memoryBalloonDevices`.
   */
  memoryBalloonDevices?: MemoryBalloonDevice[] | undefined;
  /**
   * Folders of the host that the guest can mount.
   *
   * Wraps `VZVirtualMachineConfiguration.directorySharingDevices`.
   */
  directorySharingDevices?: DirectorySharingDevice[] | undefined;
  /**
   * At most one Virtio socket device.
   *
   * Wraps `VZVirtualMachineConfiguration.socketDevices`.
   */
  socketDevices?: SocketDevice[] | undefined;
  /**
   * Graphics devices with their displays.
   *
   * Wraps `VZVirtualMachineConfiguration.graphicsDevices`.
   */
  graphicsDevices?: GraphicsDevice[] | undefined;
  /**
   * Keyboards; a virtual Mac has both kinds so that every guest sees one.
   *
   * Wraps `VZVirtualMachineConfiguration.keyboards`.
   */
  keyboards?: Keyboard[] | undefined;
  /**
   * Pointing devices; a virtual Mac with a trackpad and nothing else gets a USB one beside it.
   *
   * Wraps `VZVirtualMachineConfiguration.pointingDevices`.
   */
  pointingDevices?: PointingDevice[] | undefined;
  /**
   * Sound devices.
   *
   * Wraps `VZVirtualMachineConfiguration.audioDevices`.
   */
  audioDevices?: AudioDevice[] | undefined;
}

/** The lists of devices of a machine. */
export interface MachineDevices {
  /**
   * Disks, in the order the guest sees them.
   *
   * Wraps `VZVirtualMachineConfiguration.storageDevices`.
   */
  storageDevices?: StorageDevice[] | undefined;
  /**
   * Network interfaces.
   *
   * Wraps `VZVirtualMachineConfiguration.networkDevices`.
   */
  networkDevices?: NetworkDevice[] | undefined;
  /**
   * Serial ports; the first one is the Linux guest's hvc0.
   *
   * Wraps `VZVirtualMachineConfiguration.serialPorts`.
   */
  serialPorts?: SerialPort[] | undefined;
  /**
   * Console devices with named ports.
   *
   * Wraps `VZVirtualMachineConfiguration.consoleDevices`.
   */
  consoleDevices?: ConsoleDevice[] | undefined;
  /**
   * Sources of random numbers.
   *
   * Wraps `VZVirtualMachineConfiguration.entropyDevices`.
   */
  entropyDevices?: EntropyDevice[] | undefined;
  /**
   * At most one memory balloon.
   *
   * Wraps `VZVirtualMachineConfiguration.memoryBalloonDevices`.
   */
  memoryBalloonDevices?: MemoryBalloonDevice[] | undefined;
  /**
   * Folders of the host that the guest can mount.
   *
   * Wraps `VZVirtualMachineConfiguration.directorySharingDevices`.
   */
  directorySharingDevices?: DirectorySharingDevice[] | undefined;
  /**
   * At most one Virtio socket device.
   *
   * Wraps `VZVirtualMachineConfiguration.socketDevices`.
   */
  socketDevices?: SocketDevice[] | undefined;
  /**
   * Graphics devices with their displays.
   *
   * Wraps `VZVirtualMachineConfiguration.graphicsDevices`.
   */
  graphicsDevices?: GraphicsDevice[] | undefined;
  /**
   * Keyboards; a virtual Mac has both kinds so that every guest sees one.
   *
   * Wraps `VZVirtualMachineConfiguration.keyboards`.
   */
  keyboards?: Keyboard[] | undefined;
  /**
   * Pointing devices; a virtual Mac with a trackpad and nothing else gets a USB one beside it.
   *
   * Wraps `VZVirtualMachineConfiguration.pointingDevices`.
   */
  pointingDevices?: PointingDevice[] | undefined;
  /**
   * Sound devices.
   *
   * Wraps `VZVirtualMachineConfiguration.audioDevices`.
   */
  audioDevices?: AudioDevice[] | undefined;
}

/** The kind of computer that the guest sees. */
export type Platform =
  | ({ kind: "generic" } & GenericPlatform)
  | ({ kind: "mac" } & MacPlatform);

/**
 * A platform for guests other than macOS.
 *
 * Wraps `VZGenericPlatformConfiguration`. Since macOS 12.0.
 */
export interface GenericPlatform {
  /**
   * The data representation of the machine identifier; a new one is made when absent.
   *
   * Base64.
   *
   * Wraps `VZGenericPlatformConfiguration.machineIdentifier`. Since macOS 13.0.
   */
  machineIdentifier?: string | undefined;
}

/** How the guest starts. */
export type BootLoader =
  | ({ kind: "linux" } & LinuxBootLoader)
  | ({ kind: "macOS" } & MacOSBootLoader);

/**
 * Boots a Linux kernel directly.
 *
 * Wraps `VZLinuxBootLoader`. Since macOS 11.0.
 */
export interface LinuxBootLoader {
  /**
   * The kernel: an arm64 Image, or a bzImage or ELF vmlinux on x86-64.
   *
   * An absolute path.
   *
   * Wraps `VZLinuxBootLoader.kernelURL`.
   */
  kernelPath: string;
  /**
   * The initial RAM disk.
   *
   * An absolute path.
   *
   * Wraps `VZLinuxBootLoader.initialRamdiskURL`.
   */
  initialRamdiskPath?: string | undefined;
  /**
   * The kernel's command line, passed on as it is; empty when absent.
   *
   * Wraps `VZLinuxBootLoader.commandLine`.
   */
  commandLine?: string | undefined;
}

/** Params of `console.attach`. */
export interface ConsoleAttachParams {
  /** The machine. */
  machine: MachineHandle;
  /** Name of the stream; the first stream of the configuration by default. */
  console?: string | undefined;
  /** Output offset in bytes to begin at; the oldest that is kept by default. */
  from?: number | undefined;
}

/** Result of `console.attach`. */
export interface ConsoleAttachResult {
  /**
   * The Unix socket to connect to.
   *
   * An absolute path.
   */
  path: string;
  /** Offset, counted from the machine's creation, of the first byte that the socket delivers. */
  offset: number;
  /** Bytes that the guest has printed so far. */
  endOffset: number;
}

/** Who is calling; shown in the helper's log. */
export interface ClientInfo {
  /** Name of the client program or library. */
  name: string;
  /** Version of the client. */
  version?: string | undefined;
}

/** The helper process that answers. */
export interface HelperInfo {
  /** Version of the helper; the npm client and its helper ship with the same one. */
  version: string;
  /** Process id of the helper. */
  processIdentifier: number;
}

/** Something in the protocol that this helper cannot do on this host. */
export interface UnavailableFeature {
  /** Name of the method, type, variant or field, as in this protocol. */
  name: string;
  /** Why it cannot be used here. */
  reason: string;
  /** What would make it available, such as a macOS version. */
  needs?: string | undefined;
}

/** An error of the framework or of a layer below it, with the chain of its causes. */
export interface AppleError {
  /** Error domain, such as VZErrorDomain. */
  domain: string;
  /** Error code inside the domain. */
  code: number;
  /** Name of the code, such as invalidVirtualMachineConfiguration. */
  name?: string | undefined;
  /** The localized description. */
  description: string;
  /** The localized failure reason. */
  failureReason?: string | undefined;
  /** The error that caused this one. */
  underlying?: AppleError | undefined;
}

/** An error as it travels inside an event; the same content as a response's error object. */
export interface ErrorInfo {
  /** Stable name of the error; see the table of errors. New kinds may appear. */
  kind: string;
  /** The JSON-RPC error code of this kind. */
  code: number;
  /** What happened, to what, and what to do, in plain words. */
  message: string;
  /** The framework's own error. */
  apple?: AppleError | undefined;
}

/** The data of a response's error object. */
export interface ErrorData {
  /** Stable name of the error; see the table of errors. New kinds may appear. */
  kind: string;
  /** What to do about an error of this kind. */
  hint?: string | undefined;
  /** The place in the params that does not fit, such as params.configuration.cpuCount. */
  path?: string | undefined;
  /** Further facts for programs, by name. */
  details?: Record<string, JSONValue> | undefined;
  /** The framework's own error. */
  apple?: AppleError | undefined;
}

/** Params of `initialize`. */
export interface InitializeParams {
  /** Who is calling. */
  client?: ClientInfo | undefined;
  /** Versions the client speaks, best first, such as 1.0. */
  protocolVersions: string[];
  /**
   * Seconds that running guests get to turn themselves off when this client goes away or asks for `shutdown`, before
   * they are stopped by force; 0 to 600, 10 by default.
   */
  shutdownGrace?: number | undefined;
}

/** Result of `initialize`. */
export interface InitializeResult {
  /** The version that both sides speak from now on. */
  protocolVersion: string;
  /** Hash of the protocol definition the helper was built from. */
  protocolHash: string;
  /** The answering process. */
  helper: HelperInfo;
  /** The machine the helper runs on. */
  host: HostDescription;
  /** Bounds that configurations and messages must keep. */
  limits: HostLimits;
  /** What cannot be used here, and why. */
  unavailable: UnavailableFeature[];
}

/** Params of `shutdown`. */
export interface ShutdownParams {
  /** Seconds to wait for guests to turn themselves off, 0 to 600; the session's by default. */
  grace?: number | undefined;
}

/** A disk as the guest sees it. */
export type StorageDevice = { kind: "virtioBlock" } & VirtioBlockDevice;

/**
 * A Virtio block device; /dev/vda and following in a Linux guest.
 *
 * Wraps `VZVirtioBlockDeviceConfiguration`. Since macOS 11.0.
 */
export interface VirtioBlockDevice {
  /**
   * What holds the bytes.
   *
   * Wraps `VZStorageDeviceConfiguration.attachment`.
   */
  attachment: StorageAttachment;
  /**
   * The serial number the guest reads, ASCII, at most 20 bytes.
   *
   * Wraps `VZVirtioBlockDeviceConfiguration.blockDeviceIdentifier`. Since macOS 12.3.
   */
  blockDeviceIdentifier?: string | undefined;
}

/** What holds the bytes of a storage device. */
export type StorageAttachment = { kind: "diskImage" } & DiskImageAttachment;

/**
 * A RAW disk image on the host.
 *
 * Wraps `VZDiskImageStorageDeviceAttachment`. Since macOS 11.0.
 */
export interface DiskImageAttachment {
  /**
   * The image; its size is a multiple of 512 bytes.
   *
   * An absolute path.
   *
   * Wraps `VZDiskImageStorageDeviceAttachment.url`.
   */
  path: string;
  /**
   * Whether the guest may only read; false by default.
   *
   * Wraps `VZDiskImageStorageDeviceAttachment.isReadOnly`.
   */
  isReadOnly?: boolean | undefined;
  /**
   * How the host caches; cached by default for Linux guests, since automatic caching is known to corrupt their disks.
   *
   * Wraps `VZDiskImageStorageDeviceAttachment.cachingMode`. Since macOS 12.0.
   */
  cachingMode?: DiskImageCachingMode | undefined;
  /**
   * What a flush of the guest does; fsync by default.
   *
   * Wraps `VZDiskImageStorageDeviceAttachment.synchronizationMode`. Since macOS 12.0.
   */
  synchronizationMode?: DiskImageSynchronizationMode | undefined;
}

/**
 * How the host caches a disk image.
 *
 * - `automatic`: The framework chooses.
 * - `cached`: Through the host's page cache.
 * - `uncached`: Past the host's page cache.
 *
 * Wraps `VZDiskImageCachingMode`.
 */
export type DiskImageCachingMode = "automatic" | "cached" | "uncached";

/**
 * What a flush of the guest does on the host.
 *
 * - `full`: Bytes reach permanent storage.
 * - `fsync`: Bytes reach the drive.
 * - `none`: Nothing; a power cut of the host can lose what the guest thinks is safe.
 *
 * Wraps `VZDiskImageSynchronizationMode`.
 */
export type DiskImageSynchronizationMode = "full" | "fsync" | "none";

/** A network interface as the guest sees it. */
export type NetworkDevice = { kind: "virtio" } & VirtioNetworkDevice;

/**
 * A Virtio network interface.
 *
 * Wraps `VZVirtioNetworkDeviceConfiguration`. Since macOS 11.0.
 */
export interface VirtioNetworkDevice {
  /**
   * Six hex bytes with colons; a random locally administered address when absent.
   *
   * Wraps `VZNetworkDeviceConfiguration.macAddress`.
   */
  macAddress?: string | undefined;
  /**
   * What the interface is connected to.
   *
   * Wraps `VZNetworkDeviceConfiguration.attachment`.
   */
  attachment: NetworkAttachment;
}

/** What a network interface is connected to. */
export type NetworkAttachment = { kind: "nat" } & NATAttachment;

/**
 * A private network behind the host's address, with DHCP and DNS.
 *
 * Wraps `VZNATNetworkDeviceAttachment`. Since macOS 11.0.
 */
export interface NATAttachment {
  /**
   * Ports of the host that lead to ports of the guest while the machine runs. On macOS the helper itself carries the
   * connections to the address that the host's DHCP server gave the guest.
   *
   * Since macOS 11.0.
   */
  portForwards?: PortForward[] | undefined;
}

/** A port of the host that leads to a port of the guest. */
export interface PortForward {
  /** TCP by default; UDP on a Linux host only. */
  transport?: TransportProtocol | undefined;
  /** Address of the host to listen on; 127.0.0.1 by default. */
  hostAddress?: string | undefined;
  /**
   * Port of the host, 1 to 65535; 0 lets the system choose one, which then is the machine's own until it is disposed
   * of; the configuration of machine.create and network.addresses tell which.
   */
  hostPort: number;
  /** Port of the guest, 1 to 65535. */
  guestPort: number;
}

/**
 * A transport protocol.
 *
 * - `tcp`: Transmission Control Protocol.
 * - `udp`: User Datagram Protocol.
 */
export type TransportProtocol = "tcp" | "udp";

/** A serial port as the guest sees it. */
export type SerialPort = { kind: "virtioConsole" } & VirtioConsoleSerialPort;

/**
 * A Virtio console used as a serial port; hvc0 and following in a Linux guest.
 *
 * Wraps `VZVirtioConsoleDeviceSerialPortConfiguration`. Since macOS 11.0.
 */
export interface VirtioConsoleSerialPort {
  /**
   * Where the bytes go and come from.
   *
   * Wraps `VZSerialPortConfiguration.attachment`.
   */
  attachment: SerialPortAttachment;
}

/** A console device. */
export type ConsoleDevice = { kind: "virtio" } & VirtioConsoleDevice;

/**
 * A Virtio console device with up to 16 ports.
 *
 * Wraps `VZVirtioConsoleDeviceConfiguration`. Since macOS 13.0.
 */
export interface VirtioConsoleDevice {
  /**
   * Ports; the index is the guest's port number.
   *
   * Wraps `VZVirtioConsoleDeviceConfiguration.ports`.
   */
  ports: ConsolePort[];
}

/**
 * A port of a Virtio console device.
 *
 * Wraps `VZVirtioConsolePortConfiguration`. Since macOS 13.0.
 */
export interface ConsolePort {
  /**
   * The name that the guest finds under /sys/class/virtio-ports; com.redhat.spice.0 by default for a SPICE agent, none
   * else.
   *
   * Wraps `VZVirtioConsolePortConfiguration.name`.
   */
  name?: string | undefined;
  /**
   * Whether the guest may use it as a console; false by default.
   *
   * Wraps `VZVirtioConsolePortConfiguration.isConsole`.
   */
  isConsole?: boolean | undefined;
  /**
   * Where the bytes go and come from.
   *
   * Wraps `VZConsolePortConfiguration.attachment`.
   */
  attachment: SerialPortAttachment;
}

/** Where the bytes of a port go and come from. */
export type SerialPortAttachment =
  | ({ kind: "stream" } & StreamAttachment)
  | ({ kind: "file" } & FileAttachment)
  | ({ kind: "spiceAgent" } & SpiceAgentPortAttachment);

/**
 * A stream that clients attach to with console.attach; what was printed before is replayed.
 *
 * Wraps `VZFileHandleSerialPortAttachment`. Since macOS 11.0.
 */
export interface StreamAttachment {
  /** Name for console.attach, unique in the machine; serial0, console0.port1 and so on by default. */
  name?: string | undefined;
  /** Bytes of output kept in memory for replay, 4 KiB to 64 MiB; 1 MiB by default. */
  replaySize?: number | undefined;
  /**
   * File that all output is appended to; no file of this machine, and no disk of one that runs. A FIFO that somebody
   * reads will do.
   *
   * An absolute path.
   */
  logPath?: string | undefined;
}

/**
 * A file that receives the output of the guest; nothing is read from it. It is no file of this machine, and no disk of
 * one that runs. A FIFO that somebody reads or a terminal will do.
 *
 * Wraps `VZFileSerialPortAttachment`. Since macOS 11.0.
 */
export interface FileAttachment {
  /**
   * The file.
   *
   * An absolute path.
   *
   * Wraps `VZFileSerialPortAttachment.url`.
   */
  path: string;
  /**
   * Whether what is in the file stays; false by default.
   *
   * Wraps `VZFileSerialPortAttachment.append`.
   */
  append?: boolean | undefined;
}

/**
 * The host's side of the guest's SPICE agent, which shares the clipboard; for a port of a Virtio console device that is
 * no console. On a Linux host the agent is answered, but there is no clipboard behind it: QEMU runs without a window.
 *
 * Wraps `VZSpiceAgentPortAttachment`. Since macOS 13.0.
 */
export interface SpiceAgentPortAttachment {
  /**
   * Whether the clipboard is shared; true by default.
   *
   * Wraps `VZSpiceAgentPortAttachment.sharesClipboard`.
   */
  sharesClipboard?: boolean | undefined;
}

/** A source of random numbers for the guest. */
export type EntropyDevice = { kind: "virtio" } & VirtioEntropyDevice;

/**
 * A Virtio entropy device.
 *
 * Wraps `VZVirtioEntropyDeviceConfiguration`. Since macOS 11.0.
 */
export interface VirtioEntropyDevice {}

/** A device that takes memory from the guest. */
export type MemoryBalloonDevice = { kind: "virtioTraditional" } & VirtioTraditionalMemoryBalloonDevice;

/**
 * A Virtio traditional memory balloon. It changes what the guest may use; the host need not get memory back.
 *
 * Wraps `VZVirtioTraditionalMemoryBalloonDeviceConfiguration`. Since macOS 11.0.
 */
export interface VirtioTraditionalMemoryBalloonDevice {}

/** A device that shares folders of the host. */
export type DirectorySharingDevice = { kind: "virtioFileSystem" } & VirtioFileSystemDevice;

/**
 * A Virtio file system; a Linux guest mounts it with mount -t virtiofs TAG FOLDER.
 *
 * Wraps `VZVirtioFileSystemDeviceConfiguration`. Since macOS 12.0.
 */
export interface VirtioFileSystemDevice {
  /**
   * The name that the guest mounts, 1 to 35 bytes.
   *
   * Wraps `VZVirtioFileSystemDeviceConfiguration.tag`.
   */
  tag: string;
  /**
   * What is shared; an empty folder when absent.
   *
   * Wraps `VZVirtioFileSystemDeviceConfiguration.share`.
   */
  share?: DirectoryShare | undefined;
}

/** What a directory sharing device shares. */
export type DirectoryShare =
  | ({ kind: "single" } & SingleDirectoryShare)
  | ({ kind: "multiple" } & MultipleDirectoryShare);

/**
 * One folder; its content is at the root of the mount.
 *
 * Wraps `VZSingleDirectoryShare`. Since macOS 12.0.
 */
export interface SingleDirectoryShare {
  /**
   * The folder.
   *
   * Wraps `VZSingleDirectoryShare.directory`.
   */
  directory: SharedDirectory;
}

/**
 * Several folders, each under its name at the root of the mount.
 *
 * Wraps `VZMultipleDirectoryShare`. Since macOS 12.0.
 */
export interface MultipleDirectoryShare {
  /**
   * Folders by the name that the guest sees.
   *
   * Wraps `VZMultipleDirectoryShare.directories`.
   */
  directories: Record<string, SharedDirectory>;
}

/**
 * A folder of the host.
 *
 * Wraps `VZSharedDirectory`. Since macOS 12.0.
 */
export interface SharedDirectory {
  /**
   * The folder.
   *
   * An absolute path.
   *
   * Wraps `VZSharedDirectory.url`.
   */
  path: string;
  /**
   * Whether the guest may only read; false by default.
   *
   * Wraps `VZSharedDirectory.isReadOnly`.
   */
  isReadOnly?: boolean | undefined;
}

/** A device for socket connections between host and guest. */
export type SocketDevice = { kind: "virtio" } & VirtioSocketDevice;

/**
 * A Virtio socket device; AF_VSOCK in a Linux guest.
 *
 * Wraps `VZVirtioSocketDeviceConfiguration`. Since macOS 11.0.
 */
export interface VirtioSocketDevice {}

/** How far the making of a disk image is. */
export interface DiskProgress {
  /** Bytes done. */
  completed: number;
  /** Bytes to do. */
  total: number;
}

/**
 * The format of a disk image.
 *
 * - `raw`: The guest's disk byte for byte; sparse where the file system knows holes.
 * - `asif`: Apple's sparse image format, sparse everywhere and in every copy. Since macOS 26.0. Not on Linux.
 */
export type DiskImageFormat = "raw" | "asif";

/** Params of `disk.create`. */
export interface DiskCreateParams {
  /**
   * Where to make it.
   *
   * An absolute path.
   */
  path: string;
  /** Size in bytes, a multiple of 512. */
  size: number;
  /** Whether space is taken only as the guest writes; true by default. Otherwise all space is reserved now. */
  isSparse?: boolean | undefined;
  /** Whether an existing file may be replaced; false by default. */
  overwrite?: boolean | undefined;
  /** raw by default; asif images are always sparse. */
  format?: DiskImageFormat | undefined;
}

/** Result of `disk.create`. */
export interface DiskCreateResult {
  /**
   * The image.
   *
   * An absolute path.
   */
  path: string;
  /** Its size in bytes. */
  size: number;
}

/**
 * A display of a machine.
 *
 * Wraps `VZGraphicsDisplay`, `VZVirtioGraphicsScanoutConfiguration`, `VZMacGraphicsDisplayConfiguration`.
 */
export interface Display {
  /** Its number, counted over all graphics devices of the machine from 0 on. */
  index: number;
  /**
   * Width in pixels that the guest is offered; a guest may show a mode of another size.
   *
   * Wraps `VZGraphicsDisplay.sizeInPixels`, `VZVirtioGraphicsScanoutConfiguration.widthInPixels`,
   * `VZMacGraphicsDisplayConfiguration.widthInPixels`.
   */
  widthInPixels: number;
  /**
   * Height in pixels that the guest is offered.
   *
   * Wraps `VZGraphicsDisplay.sizeInPixels`, `VZVirtioGraphicsScanoutConfiguration.heightInPixels`,
   * `VZMacGraphicsDisplayConfiguration.heightInPixels`.
   */
  heightInPixels: number;
  /**
   * Density, of a virtual Mac's display only.
   *
   * Wraps `VZMacGraphicsDisplay.pixelsPerInch`, `VZMacGraphicsDisplayConfiguration.pixelsPerInch`. Since macOS 12.0,
   * Apple silicon.
   */
  pixelsPerInch?: number | undefined;
}

/** Params of `display.list`. */
export interface DisplayListParams {
  /** The machine. */
  machine: MachineHandle;
}

/** Result of `display.list`. */
export interface DisplayListResult {
  /** The displays, in the order of the devices; empty when the machine has none. */
  displays: Display[];
}

/** Params of `display.reconfigure`. */
export interface DisplayReconfigureParams {
  /** The machine. */
  machine: MachineHandle;
  /** Number of the display, as in display.list; 0 by default. */
  display?: number | undefined;
  /** Width in pixels, 1 to 16384. */
  widthInPixels: number;
  /** Height in pixels, 1 to 16384. */
  heightInPixels: number;
  /** Density, 1 to 1000, of a virtual Mac's display only; as it is by default. */
  pixelsPerInch?: number | undefined;
}

/** Params of `display.screenshot`. */
export interface DisplayScreenshotParams {
  /** The machine. */
  machine: MachineHandle;
  /** Number of the display, as in display.list; 0 by default. */
  display?: number | undefined;
  /**
   * The PNG file to make.
   *
   * An absolute path.
   */
  to?: string | undefined;
  /** Whether an existing file may be replaced; false by default. */
  overwrite?: boolean | undefined;
  /** Seconds to wait for a picture of more than one colour, 0 to 600; 10 by default. With 0 one is tried. */
  timeout?: number | undefined;
}

/** Result of `display.screenshot`. */
export interface DisplayScreenshotResult {
  /**
   * The file `to`. Without it, a Unix socket from which one client reads the file to its end; it waits 30 seconds for
   * it.
   *
   * An absolute path.
   */
  path: string;
  /** Width of the picture in pixels. */
  width: number;
  /** Height of the picture in pixels. */
  height: number;
  /** Size of the file in bytes. */
  size: number;
}

/** What runs the guests on this host. */
export interface Hypervisor {
  /** The program or framework. */
  name: HypervisorName;
  /** Its version, where there is one to ask. */
  version?: string | undefined;
  /**
   * The program's path, for a hypervisor that is a program.
   *
   * An absolute path.
   */
  path?: string | undefined;
  /** How guest instructions are executed. */
  accelerator: Accelerator;
  /** Why this accelerator was chosen. */
  acceleratorReason: string;
}

/**
 * The program or framework that runs guests.
 *
 * - `virtualizationFramework`: Apple's Virtualization framework.
 * - `qemu`: QEMU behind the Linux module.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type HypervisorName = "virtualizationFramework" | "qemu" | (string & {});

/**
 * How guest instructions are executed.
 *
 * - `hardware`: The processor's virtualization extensions through macOS.
 * - `kvm`: The processor's virtualization extensions through Linux KVM.
 * - `tcg`: QEMU's translator: every instruction in software, tens of times slower.
 * - `none`: Guests cannot run here.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type Accelerator = "hardware" | "kvm" | "tcg" | "none" | (string & {});

/** Facts about the host. */
export interface HostDescription {
  /** macOS or Linux. */
  os: string;
  /** Version of the operating system, such as 15.6.1 or Debian GNU/Linux 12. */
  osVersion: string;
  /** arm64 or x86_64. */
  architecture: string;
  /** Processors that are on line. */
  processorCount: number;
  /** Memory of the host in bytes. */
  memorySize: number;
  /**
   * Whether guests can run here.
   *
   * Wraps `VZVirtualMachine.isSupported`.
   */
  isVirtualizationSupported: boolean;
  /** Why guests cannot run, and what to do about it. */
  unsupportedReason?: string | undefined;
  /** What runs the guests. */
  hypervisor: Hypervisor;
  /** Present when virtual Macs are not macOS here but the stand-in for tests; a sentence to show to people. */
  standInNotice?: string | undefined;
}

/** Bounds of configurations and messages. */
export interface HostLimits {
  /**
   * Fewest virtual CPUs.
   *
   * Wraps `VZVirtualMachineConfiguration.minimumAllowedCPUCount`.
   */
  minimumCPUCount: number;
  /**
   * Most virtual CPUs.
   *
   * Wraps `VZVirtualMachineConfiguration.maximumAllowedCPUCount`.
   */
  maximumCPUCount: number;
  /**
   * Least guest memory in bytes.
   *
   * Wraps `VZVirtualMachineConfiguration.minimumAllowedMemorySize`.
   */
  minimumMemorySize: number;
  /**
   * Most guest memory in bytes.
   *
   * Wraps `VZVirtualMachineConfiguration.maximumAllowedMemorySize`.
   */
  maximumMemorySize: number;
  /** Largest message in bytes. */
  maximumFrameSize: number;
  /** Requests that a connection may have open at once. */
  maximumRequestsInFlight: number;
  /** Longest path of a Unix socket in bytes. */
  maximumSocketPathLength: number;
}

/**
 * Names a fact that decides whether guests run on a host.
 *
 * - `processor`: The processor: virtual Macs need Apple silicon.
 * - `operatingSystem`: Version of the operating system.
 * - `virtualization`: Whether the host runs guests at all.
 * - `entitlement`: Whether this helper's own signature carries com.apple.security.virtualization.
 * - `guiSession`: Whether windows can be shown and displays seen.
 * - `loginKeychain`: Whether the user's keychain is unlocked: guests with macOS 15 and later do not start without.
 * - `localNetwork`: Whether macOS lets the helper reach the network of its guests, which port forwards need.
 * - `freeSpace`: Space on the volume where machines are kept.
 * - `virtualMacs`: Virtual Macs that run against the number that a host may run.
 * - `accelerator`: How guest instructions are executed.
 * - `qemu`: QEMU, which runs the guests of a Linux host.
 * - `virtiofsd`: virtiofsd, which serves shared folders on a Linux host.
 * - `standInMac`: Whether virtual Macs are stand-ins for tests, never macOS.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type HostFactIdentifier =
  | "processor"
  | "operatingSystem"
  | "virtualization"
  | "entitlement"
  | "guiSession"
  | "loginKeychain"
  | "localNetwork"
  | "freeSpace"
  | "virtualMacs"
  | "accelerator"
  | "qemu"
  | "virtiofsd"
  | "standInMac"
  | (string & {});

/**
 * What a fact means for guests.
 *
 * - `ok`: As it should be.
 * - `warning`: Guests run, but something is slower, smaller or missing.
 * - `problem`: Guests do not run like this.
 * - `unknown`: It could not be found out.
 * - `notApplicable`: It does not matter on this host.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type HostFactStatus = "ok" | "warning" | "problem" | "unknown" | "notApplicable" | (string & {});

/** Something that was looked at to say whether guests run here. */
export interface HostFact {
  /** Which fact. */
  id: HostFactIdentifier;
  /** What it means. */
  status: HostFactStatus;
  /** What was found, in a sentence for people. */
  finding: string;
  /** What to do about it; present with a warning or problem. */
  remedy?: string | undefined;
}

/** A virtual Mac that runs or is being installed on this host in a helper of this user. */
export interface RunningMac {
  /** Names it in its own helper. */
  machine: MachineHandle;
  /** Its name, or its handle when it has none. */
  name: string;
  /** Process id of its helper. */
  processIdentifier: number;
}

/** Params of `host.diagnose`. */
export interface HostDiagnoseParams {
  /**
   * Folder whose volume is looked at for free space; the working directory of the helper by default.
   *
   * An absolute path.
   */
  folder?: string | undefined;
}

/** Result of `host.diagnose`. */
export interface HostDiagnoseResult {
  /** What was found. */
  facts: HostFact[];
  /** Virtual Macs of this user's helpers, this one included. Those of other programs cannot be listed. */
  runningMacs: RunningMac[];
}

/** Result of `host.describe`. */
export interface HostDescribeResult {
  /** Facts about the host. */
  host: HostDescription;
  /** Bounds of configurations and messages. */
  limits: HostLimits;
  /** What cannot be used here, and why. */
  unavailable: UnavailableFeature[];
}

/**
 * A virtual Mac. Hardware model, machine identifier and auxiliary storage belong to the machine's disk and are kept
 * with it.
 *
 * Wraps `VZMacPlatformConfiguration`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
 * (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
 */
export interface MacPlatform {
  /**
   * The data representation of the hardware model, as the restore image's requirements give it.
   *
   * Base64.
   *
   * Wraps `VZMacPlatformConfiguration.hardwareModel`.
   */
  hardwareModel: string;
  /**
   * The data representation of the machine identifier; a new one is made when absent.
   *
   * Base64.
   *
   * Wraps `VZMacPlatformConfiguration.machineIdentifier`.
   */
  machineIdentifier?: string | undefined;
  /**
   * The file of the auxiliary storage, made by mac.createAuxiliaryStorage for the same hardware model.
   *
   * An absolute path.
   *
   * Wraps `VZMacPlatformConfiguration.auxiliaryStorage`.
   */
  auxiliaryStoragePath: string;
}

/**
 * Boots macOS from the first storage device.
 *
 * Wraps `VZMacOSBootLoader`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
 * (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
 */
export interface MacOSBootLoader {}

/** A graphics device. */
export type GraphicsDevice =
  | ({ kind: "mac" } & MacGraphicsDevice)
  | ({ kind: "virtio" } & VirtioGraphicsDevice);

/**
 * A Virtio graphics device, for guests other than macOS.
 *
 * Wraps `VZVirtioGraphicsDeviceConfiguration`. Since macOS 13.0.
 */
export interface VirtioGraphicsDevice {
  /**
   * The displays, at most one.
   *
   * Wraps `VZVirtioGraphicsDeviceConfiguration.scanouts`.
   */
  scanouts: VirtioGraphicsScanout[];
}

/**
 * A display of a Virtio graphics device.
 *
 * Wraps `VZVirtioGraphicsScanoutConfiguration`.
 */
export interface VirtioGraphicsScanout {
  /**
   * Width in pixels, 1 to 16384.
   *
   * Wraps `VZVirtioGraphicsScanoutConfiguration.widthInPixels`.
   */
  widthInPixels: number;
  /**
   * Height in pixels, 1 to 16384.
   *
   * Wraps `VZVirtioGraphicsScanoutConfiguration.heightInPixels`.
   */
  heightInPixels: number;
}

/**
 * The accelerated graphics device of a virtual Mac.
 *
 * Wraps `VZMacGraphicsDeviceConfiguration`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
 * (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
 */
export interface MacGraphicsDevice {
  /**
   * At most one display.
   *
   * Wraps `VZMacGraphicsDeviceConfiguration.displays`.
   */
  displays: MacGraphicsDisplay[];
}

/**
 * A display of a virtual Mac.
 *
 * Wraps `VZMacGraphicsDisplayConfiguration`. Since macOS 12.0, Apple silicon.
 */
export interface MacGraphicsDisplay {
  /**
   * Width in pixels, 1 to 16384.
   *
   * Wraps `VZMacGraphicsDisplayConfiguration.widthInPixels`.
   */
  widthInPixels: number;
  /**
   * Height in pixels, 1 to 16384.
   *
   * Wraps `VZMacGraphicsDisplayConfiguration.heightInPixels`.
   */
  heightInPixels: number;
  /**
   * Density, 1 to 1000; 80 by default. Guests scale by two from about 200 on.
   *
   * Wraps `VZMacGraphicsDisplayConfiguration.pixelsPerInch`.
   */
  pixelsPerInch?: number | undefined;
}

/** A keyboard. */
export type Keyboard =
  | ({ kind: "usb" } & USBKeyboard)
  | ({ kind: "mac" } & MacKeyboard);

/**
 * A USB keyboard.
 *
 * Wraps `VZUSBKeyboardConfiguration`. Since macOS 12.0.
 */
export interface USBKeyboard {}

/**
 * A keyboard of a virtual Mac, with the globe key; guests before macOS 13 see only a USB keyboard.
 *
 * Wraps `VZMacKeyboardConfiguration`. Since macOS 14.0, Apple silicon. On Linux: Only with the stand-in Mac
 * (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
 */
export interface MacKeyboard {}

/** A pointing device. */
export type PointingDevice =
  | ({ kind: "usbScreenCoordinate" } & USBScreenCoordinatePointingDevice)
  | ({ kind: "macTrackpad" } & MacTrackpad);

/**
 * A USB pointing device that reports where on the screen it points.
 *
 * Wraps `VZUSBScreenCoordinatePointingDeviceConfiguration`. Since macOS 12.0.
 */
export interface USBScreenCoordinatePointingDevice {}

/**
 * A trackpad of a virtual Mac, with gestures; guests before macOS 13 see only a USB pointing device.
 *
 * Wraps `VZMacTrackpadConfiguration`. Since macOS 13.0, Apple silicon. On Linux: Only with the stand-in Mac
 * (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
 */
export interface MacTrackpad {}

/** A sound device. */
export type AudioDevice = { kind: "virtioSound" } & VirtioSoundDevice;

/**
 * A Virtio sound device.
 *
 * Wraps `VZVirtioSoundDeviceConfiguration`. Since macOS 12.0.
 */
export interface VirtioSoundDevice {
  /**
   * Whether the guest's sound goes to the host's output; true by default.
   *
   * Wraps `VZVirtioSoundDeviceOutputStreamConfiguration`.
   */
  output?: boolean | undefined;
  /**
   * Whether the guest hears the host's input, for which macOS asks the user; false by default.
   *
   * Wraps `VZVirtioSoundDeviceInputStreamConfiguration`.
   */
  input?: boolean | undefined;
}

/** Params of `mac.createAuxiliaryStorage`. */
export interface MacCreateAuxiliaryStorageParams {
  /**
   * The file to make.
   *
   * An absolute path.
   */
  path: string;
  /**
   * The data representation of the hardware model.
   *
   * Base64.
   */
  hardwareModel: string;
  /** Whether an existing file may be replaced; false by default. */
  overwrite?: boolean | undefined;
}

/** Result of `mac.createAuxiliaryStorage`. */
export interface MacCreateAuxiliaryStorageResult {
  /**
   * The file.
   *
   * An absolute path.
   */
  path: string;
}

/** Result of `mac.createMachineIdentifier`. */
export interface MacCreateMachineIdentifierResult {
  /**
   * Its data representation.
   *
   * Base64.
   */
  machineIdentifier: string;
}

/** Names a machine of this helper; made by machine.create and never used again. */
export type MachineHandle = string;

/**
 * The state of a machine.
 *
 * - `stopped`: Not running.
 * - `running`: The guest runs.
 * - `paused`: The guest is held; resume lets it go on.
 * - `error`: The machine failed.
 * - `starting`: On the way to running.
 * - `pausing`: On the way to paused.
 * - `resuming`: On the way from paused to running.
 * - `stopping`: On the way to stopped.
 * - `saving`: The state is being saved.
 * - `restoring`: The state is being restored.
 * - `installing`: macOS is being installed.
 *
 * Open: a newer helper may send values that are not listed.
 *
 * Wraps `VZVirtualMachine.State`.
 */
export type MachineState =
  | "stopped"
  | "running"
  | "paused"
  | "error"
  | "starting"
  | "pausing"
  | "resuming"
  | "stopping"
  | "saving"
  | "restoring"
  | "installing"
  | (string & {});

/**
 * Why a machine stopped.
 *
 * - `guest`: The guest turned itself off.
 * - `request`: The guest turned itself off after machine.requestStop.
 * - `stop`: machine.stop or the end of the helper stopped it by force.
 * - `error`: It failed; the error says why.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type StopReason = "guest" | "request" | "stop" | "error" | (string & {});

/** A machine of this helper. */
export interface MachineSummary {
  /** The handle. */
  machine: MachineHandle;
  /** The name given to machine.create. */
  name?: string | undefined;
  /** The state. */
  state: MachineState;
}

/** A machine that runs or is being installed on this host in a helper of this user. */
export interface RunningMachine {
  /** Names it in its own helper. */
  machine: MachineHandle;
  /** Its name, or its handle when it has none. */
  name: string;
  /** Process id of its helper. */
  processIdentifier: number;
  /**
   * The bundle that it was made from.
   *
   * An absolute path.
   */
  bundle?: string | undefined;
}

/**
 * The first user of a virtual Mac with macOS 27 or later. The password is never written to a disk or a log.
 *
 * Wraps `VZMacGuestProvisioningOptions`. Since macOS 27.0, Apple silicon.
 */
export interface MacGuestProvisioning {
  /**
   * The full name, without colon.
   *
   * Wraps `VZMacGuestProvisioningOptions.fullName`.
   */
  fullName: string;
  /**
   * The account name: a to z, 0 to 9, dot, dash, underscore.
   *
   * Wraps `VZMacGuestProvisioningOptions.username`.
   */
  username: string;
  /**
   * The password.
   *
   * Wraps `VZMacGuestProvisioningOptions.password`.
   */
  password: string;
  /**
   * Whether the user is logged in at start-up; false by default.
   *
   * Wraps `VZMacGuestProvisioningOptions.logsInAutomatically`.
   */
  logsInAutomatically?: boolean | undefined;
  /**
   * Whether the user may log in over SSH; false by default.
   *
   * Wraps `VZMacGuestProvisioningOptions.enablesRemoteLogin`.
   */
  enablesRemoteLogin?: boolean | undefined;
}

/**
 * What an installation is doing.
 *
 * - `preparing`: The restore image is read and the machine is prepared.
 * - `installing`: The system is being written.
 * - `finishing`: All is written; the installation is being completed.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type InstallPhase = "preparing" | "installing" | "finishing" | (string & {});

/** How far an installation is. Sent when something changes and at least every second. */
export interface MachineInstallProgress {
  /** What is being done. */
  phase: InstallPhase;
  /** How much is done, 0 to 1. */
  fraction: number;
  /** Fraction a second, over the last seconds. */
  rate: number;
  /** Seconds until the end at this rate; absent while nothing moves. */
  secondsLeft?: number | undefined;
  /** Seconds since the fraction last changed. */
  secondsSinceChange: number;
  /** Whether nothing has changed for so long that something is wrong, two minutes. */
  isStalled: boolean;
}

/** Params of `machine.install`. */
export interface MachineInstallParams {
  /** The machine. */
  machine: MachineHandle;
  /**
   * The restore image, an IPSW file.
   *
   * An absolute path.
   */
  path: string;
  /** Whether a system that is installed already may be lost; false by default. Heeded for machines of bundles. */
  overwrite?: boolean | undefined;
}

/** Result of `machine.install`. */
export interface MachineInstallResult {
  /** The version of macOS that was installed, such as 15.6.1. */
  version: string;
  /** Its build, such as 24G90. */
  build: string;
}

/** Params of `machine.validate`. */
export interface MachineValidateParams {
  /** What to check. */
  configuration: MachineConfiguration;
}

/** Result of `machine.validate`. */
export interface MachineValidateResult {
  /**
   * Whether a machine of this configuration can be saved and restored.
   *
   * Wraps `VZVirtualMachineConfiguration.validateSaveRestoreSupport()`. Since macOS 14.0.
   */
  canSaveAndRestore: boolean;
  /** Why it cannot. */
  saveAndRestoreReason?: string | undefined;
}

/** Params of `machine.create`. */
export interface MachineCreateParams {
  /** What the machine is made of. */
  configuration: MachineConfiguration;
  /** A name for messages and logs, 1 to 255 bytes. */
  name?: string | undefined;
}

/** Result of `machine.create`. */
export interface MachineCreateResult {
  /** The handle for all further requests. */
  machine: MachineHandle;
  /**
   * The configuration with everything filled in that was left to the helper: machine identifier, MAC addresses, names
   * of streams.
   */
  configuration: MachineConfiguration;
}

/** Result of `machine.list`. */
export interface MachineListResult {
  /** All machines, oldest first. */
  machines: MachineSummary[];
}

/** Params of `machine.start`. */
export interface MachineStartParams {
  /** The machine. */
  machine: MachineHandle;
  /** Pauses the machine as soon as it runs; false by default. */
  paused?: boolean | undefined;
  /**
   * Whether it may run beside a machine with the same machine identifier or MAC address, such as that of a copied
   * bundle; false by default.
   */
  allowDuplicateIdentity?: boolean | undefined;
  /**
   * Starts a virtual Mac into macOS Recovery; false by default.
   *
   * Wraps `VZMacOSVirtualMachineStartOptions.startUpFromMacOSRecovery`. Since macOS 13.0, Apple silicon.
   */
  startUpFromMacOSRecovery?: boolean | undefined;
  /**
   * The first user of a virtual Mac; heeded only at the first start after the installation.
   *
   * Wraps `VZMacOSVirtualMachineStartOptions.setGuestProvisioning(_:)`. Since macOS 27.0, Apple silicon.
   */
  guestProvisioning?: MacGuestProvisioning | undefined;
  /** Shares by the tags of their devices, as by sharing.setShare. */
  shares?: Record<string, DirectoryShare> | undefined;
  /** A window to open first, as by window.open; none by default. */
  window?: StartWindow | undefined;
}

/** Result of `machine.start`. */
export interface MachineStartResult {
  /** Why there is no window, when one that is not required cannot be opened. */
  noWindowReason?: string | undefined;
}

/** Params of `machine.pause`. */
export interface MachinePauseParams {
  /** The machine. */
  machine: MachineHandle;
}

/** Params of `machine.resume`. */
export interface MachineResumeParams {
  /** The machine. */
  machine: MachineHandle;
}

/** Params of `machine.requestStop`. */
export interface MachineRequestStopParams {
  /** The machine. */
  machine: MachineHandle;
  /** Seconds after which a guest that still runs is stopped by force, 0 to 86400; never by default. */
  stopAfter?: number | undefined;
}

/** Params of `machine.stop`. */
export interface MachineStopParams {
  /** The machine. */
  machine: MachineHandle;
}

/** Params of `machine.state`. */
export interface MachineStateParams {
  /** The machine. */
  machine: MachineHandle;
  /** Asks the hypervisor itself, not the last known state; false by default. */
  live?: boolean | undefined;
}

/** Result of `machine.state`. */
export interface MachineStateResult {
  /** The state. */
  state: MachineState;
  /**
   * Whether start is allowed now.
   *
   * Wraps `VZVirtualMachine.canStart`.
   */
  canStart: boolean;
  /**
   * Whether pause is allowed now.
   *
   * Wraps `VZVirtualMachine.canPause`.
   */
  canPause: boolean;
  /**
   * Whether resume is allowed now.
   *
   * Wraps `VZVirtualMachine.canResume`.
   */
  canResume: boolean;
  /**
   * Whether stop is allowed now.
   *
   * Wraps `VZVirtualMachine.canStop`. Since macOS 12.0.
   */
  canStop: boolean;
  /**
   * Whether requestStop is allowed now.
   *
   * Wraps `VZVirtualMachine.canRequestStop`.
   */
  canRequestStop: boolean;
  /** With live: the hypervisor's own word for the state, where it has one. */
  hypervisorStatus?: string | undefined;
  /** With live: whether the hypervisor answered within two seconds, where it can be asked. */
  isHypervisorResponding?: boolean | undefined;
  /**
   * Why the machine is paused without having been asked to: outOfDiskSpace when the host's volume under a disk is full.
   * Resume lets the guest go on.
   */
  pauseError?: ErrorInfo | undefined;
  /** Process id of the program that runs the guest, where there is one. */
  hypervisorProcessIdentifier?: number | undefined;
}

/** Params of `machine.dispose`. */
export interface MachineDisposeParams {
  /** The machine. */
  machine: MachineHandle;
}

/**
 * The state of a machine changed. Sent in order, every step included.
 *
 * Params of the event `machine.stateChanged`.
 */
export interface MachineStateChangedEvent {
  /** The machine. */
  machine: MachineHandle;
  /** The new state. */
  state: MachineState;
  /** The state before. */
  previousState: MachineState;
  /**
   * Why the hypervisor holds the guest by itself, when the new state is paused and nobody asked for it: outOfDiskSpace
   * when the host's volume under a disk is full. Make room, then resume; nothing is lost. On macOS the guest gets the
   * error of its disk instead.
   */
  pauseError?: ErrorInfo | undefined;
}

/**
 * A machine stopped. Sent once for each start, after the last stateChanged.
 *
 * Params of the event `machine.stopped`.
 *
 * Wraps `VZVirtualMachineDelegate.guestDidStop(_:)`, `VZVirtualMachineDelegate.virtualMachine(_:didStopWithError:)`.
 */
export interface MachineStoppedEvent {
  /** The machine. */
  machine: MachineHandle;
  /** Why it stopped. */
  reason: StopReason;
  /** What went wrong. */
  error?: ErrorInfo | undefined;
}

/** An address of the guest. */
export interface GuestAddress {
  /** Index in networkDevices. */
  device: number;
  /** The MAC address of the interface. */
  macAddress: string;
  /** The guest's IP address, when it is known. */
  address?: string | undefined;
  /** How the address is known. */
  source: AddressSource;
  /** Whether the host can connect to this address; where not use a port forward. */
  isReachable: boolean;
  /** Whether the address is an old one: its DHCP lease has ended. Absent where there is no lease. */
  isExpired?: boolean | undefined;
  /** Why there is no address, why it cannot be reached, or why it may be out of date. */
  reason?: string | undefined;
  /** The port forwards in force, with the ports that the system chose. */
  portForwards?: PortForward[] | undefined;
}

/**
 * How an address is known.
 *
 * - `dhcpLease`: The lease file of the host's DHCP server.
 * - `dhcpReservation`: The address is reserved for the interface's MAC address.
 * - `builtInServer`: The network's own DHCP server gives this address to its only guest.
 * - `none`: It is not known.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type AddressSource = "dhcpLease" | "dhcpReservation" | "builtInServer" | "none" | (string & {});

/** Params of `network.addresses`. */
export interface NetworkAddressesParams {
  /** The machine. */
  machine: MachineHandle;
}

/** Result of `network.addresses`. */
export interface NetworkAddressesResult {
  /** One entry for each network device. */
  addresses: GuestAddress[];
}

/**
 * What a restore image says about itself.
 *
 * Wraps `VZMacOSRestoreImage`. Since macOS 12.0, Apple silicon.
 */
export interface RestoreImageInfo {
  /**
   * The file, when it is a local one.
   *
   * An absolute path.
   */
  path?: string | undefined;
  /**
   * Where to download it from, when it is not local.
   *
   * Wraps `VZMacOSRestoreImage.url`.
   */
  url?: string | undefined;
  /**
   * The version of macOS, such as 15.6.1.
   *
   * Wraps `VZMacOSRestoreImage.operatingSystemVersion`.
   */
  version: string;
  /**
   * The build, such as 24G90.
   *
   * Wraps `VZMacOSRestoreImage.buildVersion`.
   */
  build: string;
  /** Size of a local file in bytes. */
  size?: number | undefined;
  /**
   * Whether this host can run what it installs.
   *
   * Wraps `VZMacOSRestoreImage.isSupported`.
   */
  isSupported: boolean;
  /** Why it cannot, and what to do about it. */
  unsupportedReason?: string | undefined;
  /**
   * What a machine needs; absent when it is not supported.
   *
   * Wraps `VZMacOSRestoreImage.mostFeaturefulSupportedConfiguration`.
   */
  requirements?: RestoreImageRequirements | undefined;
  /** Present when what it installs here is the stand-in for tests and not macOS. */
  standInNotice?: string | undefined;
}

/**
 * What a machine needs to run what a restore image installs.
 *
 * Wraps `VZMacOSConfigurationRequirements`. Since macOS 12.0, Apple silicon.
 */
export interface RestoreImageRequirements {
  /**
   * The data representation of the hardware model.
   *
   * Base64.
   *
   * Wraps `VZMacOSConfigurationRequirements.hardwareModel`.
   */
  hardwareModel: string;
  /**
   * The fewest virtual CPUs.
   *
   * Wraps `VZMacOSConfigurationRequirements.minimumSupportedCPUCount`.
   */
  minimumCPUCount: number;
  /**
   * The least memory in bytes.
   *
   * Wraps `VZMacOSConfigurationRequirements.minimumSupportedMemorySize`.
   */
  minimumMemorySize: number;
}

/** Something that may end an installation, and often does not. */
export interface RestoreImagePreflightWarning {
  /** What it is about. */
  kind: RestoreImagePreflightWarningKind;
  /** What may happen, and what to do about it. */
  message: string;
}

/**
 * What a warning is about.
 *
 * - `newerMinorVersion`: The restore image is newer than the host, of the same major version: some such pairs work,
 * others fail late in the installation.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type RestoreImagePreflightWarningKind = "newerMinorVersion" | (string & {});

/** How far a download is. */
export interface RestoreImageDownloadProgress {
  /** What is being done. */
  phase: RestoreImageDownloadPhase;
  /** Bytes that are there; in the phase verifying, bytes that were checked. */
  completed: number;
  /** Bytes of the whole file; absent until the server has told, and where it does not tell. */
  total?: number | undefined;
  /** Bytes a second, over the last seconds. */
  bytesPerSecond: number;
  /** Seconds until the end at this speed; absent while nothing moves. */
  secondsLeft?: number | undefined;
  /** What went wrong last and is being worked around, such as a lost connection. */
  note?: string | undefined;
}

/**
 * What a download is doing.
 *
 * - `connecting`: The server has not answered yet.
 * - `waiting`: Another call or another helper downloads the same file; its progress is told.
 * - `downloading`: Bytes arrive.
 * - `verifying`: All bytes are there; the rest of them is checked.
 * - `copying`: A local file is copied.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type RestoreImageDownloadPhase =
  | "connecting"
  | "waiting"
  | "downloading"
  | "verifying"
  | "copying"
  | (string & {});

/**
 * Where a file came from.
 *
 * - `network`: This call downloaded it.
 * - `shared`: Another call or another helper was downloading it; this call waited for it.
 * - `cache`: It was there already and is still what the server has.
 * - `local`: It is a local file, used where it is or copied.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type RestoreImageOrigin = "network" | "shared" | "cache" | "local" | (string & {});

/** A restore image in the cache. */
export interface RestoreImageCacheEntry {
  /** Where it was downloaded from, without user name and password. */
  url: string;
  /**
   * The file, also when it is not there yet.
   *
   * An absolute path.
   */
  path: string;
  /** Bytes of the whole file, when known. */
  size?: number | undefined;
  /** Bytes that it takes on disk, with what belongs to it. */
  diskSize: number;
  /** Whether it is whole; a partial one is finished by the next download of its URL. */
  isComplete: boolean;
  /** Whether it is being downloaded or read right now. */
  isInUse: boolean;
  /** When it was last asked for, in seconds since 1970. */
  lastUsed: number;
}

/** Params of `restoreImage.load`. */
export interface RestoreImageLoadParams {
  /**
   * The IPSW file.
   *
   * An absolute path.
   */
  path: string;
}

/** Result of `restoreImage.load`. */
export interface RestoreImageLoadResult {
  /** What it says. */
  image: RestoreImageInfo;
}

/** Params of `restoreImage.latestSupported`. */
export interface RestoreImageLatestSupportedParams {
  /** Another list in the same format, an http, https or file URL; only on Linux hosts. */
  catalogURL?: string | undefined;
}

/** Result of `restoreImage.latestSupported`. */
export interface RestoreImageLatestSupportedResult {
  /** What the list says about it. */
  image: RestoreImageInfo;
}

/** Params of `restoreImage.preflight`. */
export interface RestoreImagePreflightParams {
  /** The version of macOS to install, such as 15.6.1. */
  version?: string | undefined;
  /** What the restore image needs. */
  requirements?: RestoreImageRequirements | undefined;
  /** Virtual CPUs of the machine. */
  cpuCount?: number | undefined;
  /** Memory of the machine in bytes. */
  memorySize?: number | undefined;
  /** Size of its disk in bytes. */
  diskSize?: number | undefined;
  /** Size of the restore image in bytes. */
  imageSize?: number | undefined;
  /**
   * The folder for the disk.
   *
   * An absolute path.
   */
  folder?: string | undefined;
  /**
   * Where the restore image is to be downloaded from, as in restoreImage.download. Without imageSize its server is
   * asked for the size; one that does not tell is left to the download.
   */
  url?: string | undefined;
  /**
   * The folder that it is downloaded into. On one volume with `folder`, there must be room for both; what is there
   * already counts.
   *
   * An absolute path.
   */
  downloadFolder?: string | undefined;
}

/** Result of `restoreImage.preflight`. */
export interface RestoreImagePreflightResult {
  /** What may go wrong all the same; empty when nothing is known. */
  warnings: RestoreImagePreflightWarning[];
}

/** Params of `restoreImage.download`. */
export interface RestoreImageDownloadParams {
  /** An http, https or file URL, or an absolute path. */
  url: string;
  /**
   * The file to make, or an existing folder to put it into; a place in the cache by default, the same for URLs that
   * differ in their query alone when the server gives their file the same strong ETag and length.
   *
   * An absolute path.
   */
  to?: string | undefined;
  /** The SHA-256 of the file in 64 hexadecimal digits; the server's own is used by default, if it sends one. */
  sha256?: string | undefined;
  /** Ranges that are downloaded at the same time, 1 to 8; 4 by default. */
  connections?: number | undefined;
  /** Whether another file at the target may be replaced; false by default, always true in the cache. */
  overwrite?: boolean | undefined;
  /**
   * Failures in a row without any progress that are tried again, 0 to 100; 10 by default, and 3 before the server has
   * ever answered.
   */
  retries?: number | undefined;
  /** Seconds that a connection may deliver nothing before it is given up and tried again, 1 to 600; 20 by default. */
  stallTimeout?: number | undefined;
}

/** Result of `restoreImage.download`. */
export interface RestoreImageDownloadResult {
  /**
   * The file.
   *
   * An absolute path.
   */
  path: string;
  /** Its size in bytes. */
  size: number;
  /** Its SHA-256 in hexadecimal digits, when it was checked. */
  sha256?: string | undefined;
  /** Where it came from. */
  origin: RestoreImageOrigin;
  /** Bytes of the file that this call received over the network. */
  received: number;
  /** Why bytes that were there had to be thrown away and the download began anew, if it did. */
  restartReason?: string | undefined;
}

/** Result of `restoreImage.cacheList`. */
export interface RestoreImageCacheListResult {
  /**
   * The folder of the cache.
   *
   * An absolute path.
   */
  folder: string;
  /** The restore images. */
  entries: RestoreImageCacheEntry[];
}

/** Params of `restoreImage.cachePrune`. */
export interface RestoreImageCachePruneParams {
  /** Bytes on disk that may stay; 0 empties the cache. */
  maximumSize?: number | undefined;
  /** Seconds since the last use, 0 or more. */
  olderThan?: number | undefined;
}

/** Result of `restoreImage.cachePrune`. */
export interface RestoreImageCachePruneResult {
  /** What was deleted. */
  removed: RestoreImageCacheEntry[];
  /** Bytes on disk that this freed. */
  freed: number;
}

/**
 * A directory sharing device of a machine and what it shares now.
 *
 * Wraps `VZVirtioFileSystemDevice`. Since macOS 12.0.
 */
export interface SharingDevice {
  /**
   * The name that the guest mounts.
   *
   * Wraps `VZVirtioFileSystemDevice.tag`.
   */
  tag: string;
  /**
   * What is shared; an empty folder when absent.
   *
   * Wraps `VZVirtioFileSystemDevice.share`.
   */
  share?: DirectoryShare | undefined;
}

/** Params of `sharing.list`. */
export interface SharingListParams {
  /** The machine. */
  machine: MachineHandle;
}

/** Result of `sharing.list`. */
export interface SharingListResult {
  /** One entry for each device. */
  devices: SharingDevice[];
}

/** Params of `sharing.setShare`. */
export interface SharingSetShareParams {
  /** The machine. */
  machine: MachineHandle;
  /** The tag of the device. */
  tag: string;
  /** What is shared from now on; an empty folder when absent. */
  share?: DirectoryShare | undefined;
}

/** Params of `socket.connect`. */
export interface SocketConnectParams {
  /** The machine. */
  machine: MachineHandle;
  /** The port in the guest. */
  port: number;
}

/** Result of `socket.connect`. */
export interface SocketConnectResult {
  /**
   * The Unix socket to connect to.
   *
   * An absolute path.
   */
  path: string;
}

/** Params of `socket.listen`. */
export interface SocketListenParams {
  /** The machine. */
  machine: MachineHandle;
  /** The port of the host. */
  port: number;
}

/** Params of `socket.stopListening`. */
export interface SocketStopListeningParams {
  /** The machine. */
  machine: MachineHandle;
  /** The port of the host. */
  port: number;
}

/**
 * The guest connected to a port that a client listens on. The Unix socket is the connection; it serves one client and
 * waits 30 seconds for it.
 *
 * Params of the event `socket.accepted`.
 */
export interface SocketAcceptedEvent {
  /** The machine. */
  machine: MachineHandle;
  /** The port of the host. */
  port: number;
  /** The port of the guest. */
  sourcePort: number;
  /**
   * The Unix socket to connect to.
   *
   * An absolute path.
   */
  path: string;
}

/** How a window looks and works. */
export interface WindowOptions {
  /** The window's title, 1 to 255 bytes; the machine's name by default. */
  title?: string | undefined;
  /** Width of the content in points, 64 to 16384; that of the display by default, as far as the screen has room. */
  width?: number | undefined;
  /** Height of the content in points, 64 to 16384; as width. */
  height?: number | undefined;
  /**
   * Whether the guest gets the key combinations of the host's system too; true by default.
   *
   * Wraps `VZVirtualMachineView.capturesSystemKeys`.
   */
  capturesSystemKeys?: boolean | undefined;
  /**
   * Whether the guest's display takes the window's size; true by default, and of effect from macOS 14 on.
   *
   * Wraps `VZVirtualMachineView.automaticallyReconfiguresDisplay`. Since macOS 14.0. Not on Linux.
   */
  automaticallyReconfiguresDisplay?: boolean | undefined;
  /** What a person's closing does; keepRunning by default. */
  closeBehavior?: WindowCloseBehavior | undefined;
}

/** A window that opens before its machine starts. */
export interface StartWindow {
  /**
   * Whether the machine is not started where there can be no window, such as outside of a GUI session; true by default.
   */
  isRequired?: boolean | undefined;
  /** The window's title, 1 to 255 bytes; the machine's name by default. */
  title?: string | undefined;
  /** Width of the content in points, 64 to 16384; that of the display by default, as far as the screen has room. */
  width?: number | undefined;
  /** Height of the content in points, 64 to 16384; as width. */
  height?: number | undefined;
  /**
   * Whether the guest gets the key combinations of the host's system too; true by default.
   *
   * Wraps `VZVirtualMachineView.capturesSystemKeys`.
   */
  capturesSystemKeys?: boolean | undefined;
  /**
   * Whether the guest's display takes the window's size; true by default, and of effect from macOS 14 on.
   *
   * Wraps `VZVirtualMachineView.automaticallyReconfiguresDisplay`. Since macOS 14.0. Not on Linux.
   */
  automaticallyReconfiguresDisplay?: boolean | undefined;
  /** What a person's closing does; keepRunning by default. */
  closeBehavior?: WindowCloseBehavior | undefined;
}

/**
 * What happens when a person closes a window.
 *
 * - `keepRunning`: The window closes and the machine goes on.
 * - `requestStop`: The guest is asked to turn itself off, as its power button does; the window stays until it has.
 * Closing it once more closes the window alone.
 * - `stop`: The machine is stopped by force, and the window closes.
 */
export type WindowCloseBehavior = "keepRunning" | "requestStop" | "stop";

/**
 * Why a window closed.
 *
 * - `user`: A person closed it.
 * - `request`: window.close or the end of the machine's handle closed it.
 * - `machineStopped`: The machine stopped.
 *
 * Open: a newer helper may send values that are not listed.
 */
export type WindowClosedReason = "user" | "request" | "machineStopped" | (string & {});

/** Params of `window.open`. */
export interface WindowOpenParams {
  /** The machine. */
  machine: MachineHandle;
  /** The window's title, 1 to 255 bytes; the machine's name by default. */
  title?: string | undefined;
  /** Width of the content in points, 64 to 16384; that of the display by default, as far as the screen has room. */
  width?: number | undefined;
  /** Height of the content in points, 64 to 16384; as width. */
  height?: number | undefined;
  /**
   * Whether the guest gets the key combinations of the host's system too; true by default.
   *
   * Wraps `VZVirtualMachineView.capturesSystemKeys`.
   */
  capturesSystemKeys?: boolean | undefined;
  /**
   * Whether the guest's display takes the window's size; true by default, and of effect from macOS 14 on.
   *
   * Wraps `VZVirtualMachineView.automaticallyReconfiguresDisplay`. Since macOS 14.0. Not on Linux.
   */
  automaticallyReconfiguresDisplay?: boolean | undefined;
  /** What a person's closing does; keepRunning by default. */
  closeBehavior?: WindowCloseBehavior | undefined;
}

/** Params of `window.close`. */
export interface WindowCloseParams {
  /** The machine. */
  machine: MachineHandle;
}

/**
 * A machine's window closed.
 *
 * Params of the event `window.closed`.
 */
export interface WindowClosedEvent {
  /** The machine. */
  machine: MachineHandle;
  /** Why. */
  reason: WindowClosedReason;
}

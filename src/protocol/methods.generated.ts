// generated from protocol/spec by scripts/generate.ts, do not edit

import type {
  BalloonSetTargetParams,
  BalloonSetTargetResult,
  BalloonTargetParams,
  BalloonTargetResult,
  BundleCloneParams,
  BundleCloneResult,
  BundleCreateMacParams,
  BundleCreateMacResult,
  BundleCreateParams,
  BundleCreateResult,
  BundleDeleteParams,
  BundleImportParams,
  BundleImportResult,
  BundleInspectParams,
  BundleInspectResult,
  BundleListParams,
  BundleListResult,
  BundleOpenParams,
  BundleOpenResult,
  BundleRenameParams,
  BundleRenameResult,
  BundleRenewIdentityParams,
  BundleRenewIdentityResult,
  BundleResizeDiskParams,
  BundleResizeDiskResult,
  BundleUpdateParams,
  BundleUpdateResult,
  ConsoleAttachParams,
  ConsoleAttachResult,
  DiskCreateParams,
  DiskCreateResult,
  DiskProgress,
  DisplayListParams,
  DisplayListResult,
  DisplayReconfigureParams,
  DisplayScreenshotParams,
  DisplayScreenshotResult,
  EmptyResult,
  HostDescribeResult,
  HostDiagnoseParams,
  HostDiagnoseResult,
  InitializeParams,
  InitializeResult,
  MacCreateAuxiliaryStorageParams,
  MacCreateAuxiliaryStorageResult,
  MacCreateMachineIdentifierResult,
  MachineCreateParams,
  MachineCreateResult,
  MachineDisposeParams,
  MachineInstallParams,
  MachineInstallProgress,
  MachineInstallResult,
  MachineListResult,
  MachinePauseParams,
  MachineRequestStopParams,
  MachineResumeParams,
  MachineStartParams,
  MachineStartResult,
  MachineStateChangedEvent,
  MachineStateParams,
  MachineStateResult,
  MachineStopParams,
  MachineStoppedEvent,
  MachineValidateParams,
  MachineValidateResult,
  NetworkAddressesParams,
  NetworkAddressesResult,
  RestoreImageCacheListResult,
  RestoreImageCachePruneParams,
  RestoreImageCachePruneResult,
  RestoreImageDownloadParams,
  RestoreImageDownloadProgress,
  RestoreImageDownloadResult,
  RestoreImageLatestSupportedParams,
  RestoreImageLatestSupportedResult,
  RestoreImageLoadParams,
  RestoreImageLoadResult,
  RestoreImagePreflightParams,
  RestoreImagePreflightResult,
  SharingListParams,
  SharingListResult,
  SharingSetShareParams,
  ShutdownParams,
  SocketAcceptedEvent,
  SocketConnectParams,
  SocketConnectResult,
  SocketListenParams,
  SocketStopListeningParams,
  WindowCloseParams,
  WindowClosedEvent,
  WindowOpenParams,
} from "./types.generated.js";

/** Every request: its params, its result, the kinds of error it is known to fail with and what it reports on the way. */
export interface Requests {
  /**
   * The memory size that the guest is asked to keep to.
   *
   * Wraps `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize`.
   */
  "balloon.target": {
    params: BalloonTargetParams;
    result: BalloonTargetResult;
    errors: "machineNotFound" | "deviceNotConfigured";
    progress: never;
  };
  /**
   * Asks the guest to keep to a memory size. A request only: the guest gives what it can. Rounded down to 1 MiB and
   * kept between the least allowed size and the machine's memory size.
   *
   * Wraps `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize`.
   */
  "balloon.setTarget": {
    params: BalloonSetTargetParams;
    result: BalloonSetTargetResult;
    errors: "machineNotFound" | "deviceNotConfigured" | "invalidState";
    progress: never;
  };
  /**
   * Makes a bundle. It appears under its path only when it is whole; what an interrupted creation left behind is
   * replaced.
   */
  "bundle.create": {
    params: BundleCreateParams;
    result: BundleCreateResult;
    errors: "invalidParams" | "invalidConfiguration" | "fileExists" | "fileNotFound" | "permissionDenied" | "outOfDiskSpace" | "inUse" | "notSupported";
    progress: never;
  };
  /**
   * Makes a bundle of a virtual Mac for what a restore image installs, and its machine as bundle.open does, so that
   * nobody else can have it first. machine.install installs it. What could not be installed is refused before anything
   * is made. It appears under its path only when it is whole; what an interrupted creation left behind is replaced.
   *
   * Each list of devices that is given takes the place of the default one; [] is none. By default there are one network
   * device behind NAT; one console device with a port for a SPICE agent in the guest, which shares the clipboard; one
   * entropy device; one sharing device with the tag that the guest mounts by itself on /Volumes/My Shared Files,
   * without folders; one socket device; the graphics device of a Mac with a display of 1920 by 1200 pixels, 80 per
   * inch; the keyboard of a Mac, where the host has macOS 14, and a USB one, for guests before macOS 13; the trackpad
   * of a Mac and a USB pointing device, for guests before macOS 13; and one sound device with output and input. The
   * storage devices given come after disk.img.
   *
   * Wraps `VZMacOSRestoreImage.mostFeaturefulSupportedConfiguration`, `VZMacPlatformConfiguration`. Since macOS 12.0,
   * Apple silicon. On Linux: Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
   */
  "bundle.createMac": {
    params: BundleCreateMacParams;
    result: BundleCreateMacResult;
    errors: "invalidParams" | "invalidConfiguration" | "fileExists" | "fileNotFound" | "permissionDenied" | "outOfDiskSpace" | "inUse" | "notSupported" | "restoreImageLoadFailed" | "invalidRestoreImage" | "installationRequiresUpdate";
    progress: never;
  };
  /**
   * Makes a machine of a bundle; it is not started. The bundle is in use until machine.dispose or the end of the
   * helper.
   */
  "bundle.open": {
    params: BundleOpenParams;
    result: BundleOpenResult;
    errors: "fileNotFound" | "inUse" | "bundleIncomplete" | "bundleTooNew" | "invalidConfiguration" | "invalidDiskImage" | "hypervisorMissing";
    progress: never;
  };
  /** The bundles in a folder, by name, those that cannot be read and what was left there by interrupted ones. */
  "bundle.list": {
    params: BundleListParams;
    result: BundleListResult;
    errors: "fileNotFound" | "permissionDenied";
    progress: never;
  };
  /** Looks at a bundle without opening it. */
  "bundle.inspect": {
    params: BundleInspectParams;
    result: BundleInspectResult;
    errors: "fileNotFound" | "permissionDenied";
    progress: never;
  };
  /**
   * Copies a bundle that is not in use. The clone gets a machine identifier and MAC addresses of its own; a saved state
   * is left out. Disks share their blocks where the file system can do that; otherwise their data is copied and holes
   * stay holes. The clone appears only when it is whole; a failed or cancelled request leaves nothing behind.
   */
  "bundle.clone": {
    params: BundleCloneParams;
    result: BundleCloneResult;
    errors: "invalidParams" | "fileNotFound" | "fileExists" | "inUse" | "bundleIncomplete" | "bundleTooNew" | "outOfDiskSpace" | "permissionDenied";
    progress: DiskProgress;
  };
  /**
   * Copies a virtual Mac of Tart or Lume into a bundle. Its folder is not changed and must not be in use; a saved state
   * is left out. Disks are copied as by bundle.clone. What these programs decide when they start a machine becomes what
   * bundle.createMac gives by default: the devices, NAT. The bundle appears only when it is whole; a failed or
   * cancelled request leaves nothing behind. Linux guests are refused, since they need an EFI boot loader. Symbolic
   * links in the place of the folder, disk.img or nvram.bin stand for what they lead to, which is copied; one in the
   * place of config.json is refused.
   *
   * Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs
   * Apple silicon.
   */
  "bundle.import": {
    params: BundleImportParams;
    result: BundleImportResult;
    errors: "invalidParams" | "invalidConfiguration" | "fileNotFound" | "fileExists" | "inUse" | "bundleIncomplete" | "notSupported" | "outOfDiskSpace" | "permissionDenied";
    progress: DiskProgress;
  };
  /** Gives a bundle that is not in use another name in the same folder. */
  "bundle.rename": {
    params: BundleRenameParams;
    result: BundleRenameResult;
    errors: "invalidParams" | "fileNotFound" | "fileExists" | "inUse" | "bundleIncomplete" | "permissionDenied";
    progress: never;
  };
  /**
   * Replaces the configuration of a bundle that is not in use; machines that are opened from now on have it. It is
   * checked as by bundle.create, and the old one stays unless the new one is stored whole. A machine identifier that
   * the new one leaves out stays what it is, and so does a MAC address, by the place of its device in the list. Files
   * of the bundle are neither made nor deleted. A bundle that has lost a disk can be updated to a configuration without
   * it.
   */
  "bundle.update": {
    params: BundleUpdateParams;
    result: BundleUpdateResult;
    errors: "invalidParams" | "invalidConfiguration" | "fileNotFound" | "inUse" | "bundleIncomplete" | "bundleTooNew" | "permissionDenied" | "outOfDiskSpace" | "notSupported";
    progress: never;
  };
  /**
   * Gives a bundle that is not in use a machine identifier and MAC addresses of its own. A bundle that was copied by
   * other means than bundle.clone needs it, since the copy is the same machine as its original to guests, networks and
   * services. A guest may ask its user to sign in anew.
   *
   * Wraps `VZMacMachineIdentifier`, `VZGenericMachineIdentifier`, `VZMACAddress.randomLocallyAdministered()`.
   */
  "bundle.renewIdentity": {
    params: BundleRenewIdentityParams;
    result: BundleRenewIdentityResult;
    errors: "invalidParams" | "fileNotFound" | "inUse" | "bundleIncomplete" | "bundleTooNew" | "permissionDenied" | "outOfDiskSpace";
    progress: never;
  };
  /**
   * Makes disk.img of a bundle larger, whatever its format. The guest sees more space at its end when it starts again,
   * and has to extend its partitions itself. Nothing is ever cut off.
   *
   * The disk of a virtual Mac ends with the Recovery partition, behind which its system cannot grow. With
   * relocateRecovery that partition is moved to the new end of the disk, also of one that was made larger before, and
   * the partition table with it. Then "diskutil apfs resizeContainer disk0s2 0" in the guest takes all of the space.
   * Both copies of the table are valid at every moment, with the partitions in their places: after a kill or a power
   * cut the guest starts as before, and the same request finishes the move. It is for RAW images whose GUID partition
   * table is as macOS makes it; anything else is refused before anything is changed, with the reason. A failed or
   * cancelled request gives the disk its old size back unless the table has changed already.
   */
  "bundle.resizeDisk": {
    params: BundleResizeDiskParams;
    result: BundleResizeDiskResult;
    errors: "invalidParams" | "fileNotFound" | "inUse" | "bundleIncomplete" | "bundleTooNew" | "outOfDiskSpace" | "permissionDenied" | "notSupported" | "invalidDiskImage" | "inputOutput";
    progress: DiskProgress;
  };
  /**
   * Deletes a bundle that is not in use with all that is in it, or what an interrupted creation or deletion has left. A
   * folder that does not look like a bundle is refused, and so is one in which anything is in use, such as another
   * bundle. Of links only the links are deleted: the bundle that a link leads to stays, and so does a linked disk
   * outside of the folder. A delete that the permissions do not allow is refused before anything is deleted.
   */
  "bundle.delete": {
    params: BundleDeleteParams;
    result: EmptyResult;
    errors: "fileNotFound" | "inUse" | "bundleIncomplete" | "permissionDenied";
    progress: never;
  };
  /**
   * Opens a Unix socket on which one client gets the output of a port, first what is kept of the past, then what comes,
   * and whose input goes to the guest. Each attach serves one connection, to be made within 30 seconds. A client that
   * does not read for so long that 16 MiB wait for it is cut off.
   */
  "console.attach": {
    params: ConsoleAttachParams;
    result: ConsoleAttachResult;
    errors: "machineNotFound" | "consoleNotFound";
    progress: never;
  };
  /**
   * Agrees on the protocol version and reports what this helper and host can do. Optional: a client that skips it is
   * served with the newest protocol version.
   */
  "initialize": {
    params: InitializeParams;
    result: InitializeResult;
    errors: "unsupportedProtocolVersion";
    progress: never;
  };
  /** Answers at once; shows that the connection and the helper are alive. */
  "ping": {
    params: undefined;
    result: EmptyResult;
    errors: never;
    progress: never;
  };
  /**
   * Ends the helper in order. Asks running guests to turn themselves off, waits the grace, stops the rest by force,
   * answers, and exits with status 0. Later requests fail with `shuttingDown`.
   */
  "shutdown": {
    params: ShutdownParams;
    result: EmptyResult;
    errors: "shuttingDown";
    progress: never;
  };
  /**
   * Makes a disk image of zeros. It appears under its path only when it is whole; a failed or cancelled request leaves
   * nothing behind.
   */
  "disk.create": {
    params: DiskCreateParams;
    result: DiskCreateResult;
    errors: "fileExists" | "fileNotFound" | "permissionDenied" | "outOfDiskSpace" | "inputOutput" | "inUse" | "notSupported";
    progress: DiskProgress;
  };
  /**
   * The displays of a machine. Before macOS 14 the framework does not tell; then they are as they were configured.
   *
   * Wraps `VZGraphicsDevice.displays`, `VZVirtioGraphicsDeviceConfiguration.scanouts`,
   * `VZMacGraphicsDeviceConfiguration.displays`.
   */
  "display.list": {
    params: DisplayListParams;
    result: DisplayListResult;
    errors: "machineNotFound";
    progress: never;
  };
  /**
   * Asks the guest to take another size of a display, and of a virtual Mac's display another density. A request only:
   * the guest may not obey.
   *
   * Wraps `VZGraphicsDisplay.reconfigure(configuration:)`. Since macOS 14.0. On Linux: On a Linux host a display keeps
   * the size and the density it was configured with.
   */
  "display.reconfigure": {
    params: DisplayReconfigureParams;
    result: EmptyResult;
    errors: "machineNotFound" | "deviceNotConfigured" | "invalidConfiguration" | "notSupported";
    progress: never;
  };
  /**
   * Takes a picture of what a running or paused machine shows on a display, as a PNG file of the size that the guest
   * shows now. A picture of one colour, or with QEMU's words for a display without a guest, is not taken for one: it is
   * tried again, ever more slowly, until the guest has drawn something or the time is up. With `to` the file appears
   * there when it is whole; a failed or cancelled request leaves nothing behind. On macOS the helper needs a GUI
   * session.
   *
   * Since macOS 12.0.
   */
  "display.screenshot": {
    params: DisplayScreenshotParams;
    result: DisplayScreenshotResult;
    errors: "machineNotFound" | "deviceNotConfigured" | "invalidState" | "displayBlank" | "notSupported" | "fileExists" | "fileNotFound" | "permissionDenied" | "outOfDiskSpace" | "inputOutput" | "timedOut" | "tooManyRequests";
    progress: never;
  };
  /**
   * Looks the host over for what keeps guests from running: each fact with what was found and what to do about it. The
   * facts come in a fixed order, those that do not matter here included.
   */
  "host.diagnose": {
    params: HostDiagnoseParams;
    result: HostDiagnoseResult;
    errors: "fileNotFound";
    progress: never;
  };
  /** Says what the host is, what runs its guests, the limits, and what is unavailable and why. */
  "host.describe": {
    params: undefined;
    result: HostDescribeResult;
    errors: never;
    progress: never;
  };
  /**
   * Makes the file in which a virtual Mac's firmware keeps what it stores, empty and for one hardware model.
   *
   * Wraps `VZMacAuxiliaryStorage.init(creatingStorageAt:hardwareModel:options:)`. Since macOS 12.0, Apple silicon.
   */
  "mac.createAuxiliaryStorage": {
    params: MacCreateAuxiliaryStorageParams;
    result: MacCreateAuxiliaryStorageResult;
    errors: "fileExists" | "fileNotFound" | "permissionDenied" | "outOfDiskSpace" | "notSupported";
    progress: never;
  };
  /**
   * Makes a new machine identifier, different from all others.
   *
   * Wraps `VZMacMachineIdentifier.init()`. Since macOS 12.0, Apple silicon.
   */
  "mac.createMachineIdentifier": {
    params: undefined;
    result: MacCreateMachineIdentifierResult;
    errors: "notSupported";
    progress: never;
  };
  /**
   * Installs macOS from a local restore image onto the first disk of a stopped virtual Mac; answers when it is done and
   * the machine is stopped. Cancelling the request, stopping or disposing of the machine end it. After an error the
   * disk holds no system; install again. A machine of a bundle is marked: it starts only when its installation is
   * complete, and is installed again only when told to.
   *
   * Wraps `VZMacOSInstaller`. Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac
   * (VZKIT_STANDIN_MAC=1); macOS itself needs Apple silicon.
   */
  "machine.install": {
    params: MachineInstallParams;
    result: MachineInstallResult;
    errors: "machineNotFound" | "invalidStateTransition" | "alreadyInstalled" | "invalidConfiguration" | "notSupported" | "fileNotFound" | "restoreImageLoadFailed" | "invalidRestoreImage" | "installationRequiresUpdate" | "installationFailed" | "outOfDiskSpace" | "operationCancelled" | "inUse" | "identityInUse" | "keychainLocked";
    progress: MachineInstallProgress;
  };
  /**
   * Checks a configuration against the framework's rules, without making anything. A broken rule is the error
   * invalidConfiguration or the more special one.
   *
   * Wraps `VZVirtualMachineConfiguration.validate()`.
   */
  "machine.validate": {
    params: MachineValidateParams;
    result: MachineValidateResult;
    errors: "invalidConfiguration" | "invalidDiskImage" | "fileNotFound" | "permissionDenied" | "notSupported" | "entitlementMissing";
    progress: never;
  };
  /**
   * Makes a machine from a configuration; it is not started. The machine lives until dispose or the end of the helper.
   *
   * Wraps `VZVirtualMachine.init(configuration:queue:)`.
   */
  "machine.create": {
    params: MachineCreateParams;
    result: MachineCreateResult;
    errors: "invalidConfiguration" | "invalidDiskImage" | "fileNotFound" | "permissionDenied" | "notSupported" | "hypervisorMissing" | "entitlementMissing";
    progress: never;
  };
  /** The machines of this helper. */
  "machine.list": {
    params: undefined;
    result: MachineListResult;
    errors: never;
    progress: never;
  };
  /**
   * Starts a stopped machine; answers when it runs. A machine whose machine identifier or one of whose MAC addresses a
   * running machine of this user has, in this helper or another, is refused with identityInUse. Shares and window are
   * part of the start: when it fails, the shares are what they were, and no window stays open.
   *
   * Wraps `VZVirtualMachine.start(completionHandler:)`.
   */
  "machine.start": {
    params: MachineStartParams;
    result: MachineStartResult;
    errors: "machineNotFound" | "invalidStateTransition" | "notInstalled" | "hypervisorMissing" | "hypervisorFailed" | "inUse" | "identityInUse" | "virtualMachineLimitExceeded" | "keychainLocked" | "deviceNotConfigured" | "fileNotFound" | "permissionDenied" | "invalidConfiguration" | "notSupported";
    progress: never;
  };
  /**
   * Holds a running machine; answers when it is paused. The guest's clock stands still meanwhile and is late by that
   * time afterwards, until the guest sets it anew, from a time server or from its hardware clock, which goes on.
   *
   * Wraps `VZVirtualMachine.pause(completionHandler:)`.
   */
  "machine.pause": {
    params: MachinePauseParams;
    result: EmptyResult;
    errors: "machineNotFound" | "invalidStateTransition";
    progress: never;
  };
  /**
   * Lets a paused machine go on; answers when it runs. One that is paused with a pauseError is paused again when the
   * cause is still there.
   *
   * Wraps `VZVirtualMachine.resume(completionHandler:)`.
   */
  "machine.resume": {
    params: MachineResumeParams;
    result: EmptyResult;
    errors: "machineNotFound" | "invalidStateTransition";
    progress: never;
  };
  /**
   * Presses the guest's power button. Answers when the request is made; the event machine.stopped tells when the guest
   * has turned itself off. With stopAfter it is pressed again every few seconds until then, since a guest that is still
   * starting does not hear it.
   *
   * Wraps `VZVirtualMachine.requestStop()`.
   */
  "machine.requestStop": {
    params: MachineRequestStopParams;
    result: EmptyResult;
    errors: "machineNotFound" | "invalidState";
    progress: never;
  };
  /**
   * Stops a running or paused machine at once; the guest is not asked and can lose data. Answers when it is stopped.
   *
   * Wraps `VZVirtualMachine.stop(completionHandler:)`.
   */
  "machine.stop": {
    params: MachineStopParams;
    result: EmptyResult;
    errors: "machineNotFound" | "invalidStateTransition";
    progress: never;
  };
  /**
   * The state of a machine and what can be done with it.
   *
   * Wraps `VZVirtualMachine.state`.
   */
  "machine.state": {
    params: MachineStateParams;
    result: MachineStateResult;
    errors: "machineNotFound";
    progress: never;
  };
  /**
   * Forgets a machine, after stopping it by force if it still runs. Its sockets close and its locks are freed. Disk
   * images stay.
   */
  "machine.dispose": {
    params: MachineDisposeParams;
    result: EmptyResult;
    errors: "machineNotFound";
    progress: never;
  };
  /** The addresses of the guest's network interfaces, as far as the host can know them. */
  "network.addresses": {
    params: NetworkAddressesParams;
    result: NetworkAddressesResult;
    errors: "machineNotFound";
    progress: never;
  };
  /**
   * Reads what a local restore image says about itself. The archive is not unpacked.
   *
   * Wraps `VZMacOSRestoreImage.load(from:completionHandler:)`. Since macOS 12.0, Apple silicon.
   */
  "restoreImage.load": {
    params: RestoreImageLoadParams;
    result: RestoreImageLoadResult;
    errors: "fileNotFound" | "permissionDenied" | "notSupported" | "restoreImageLoadFailed" | "invalidRestoreImage";
    progress: never;
  };
  /**
   * Finds the newest restore image that this host can run, in Apple's list.
   *
   * Wraps `VZMacOSRestoreImage.fetchLatestSupported(completionHandler:)`. Since macOS 12.0, Apple silicon.
   */
  "restoreImage.latestSupported": {
    params: RestoreImageLatestSupportedParams;
    result: RestoreImageLatestSupportedResult;
    errors: "restoreImageCatalogLoadFailed" | "invalidRestoreImageCatalog" | "noSupportedRestoreImagesInCatalog" | "notSupported";
    progress: never;
  };
  /**
   * Refuses, before anything is downloaded or made, what could not be installed: a guest newer than the host, too few
   * CPUs, too little memory, a disk or a volume that is too small. What is not given is not checked. A guest that is
   * newer than the host by a minor version only is not refused, but warned about.
   *
   * Since macOS 12.0, Apple silicon. On Linux: Only with the stand-in Mac (VZKIT_STANDIN_MAC=1); macOS itself needs
   * Apple silicon.
   */
  "restoreImage.preflight": {
    params: RestoreImagePreflightParams;
    result: RestoreImagePreflightResult;
    errors: "invalidParams" | "installationRequiresUpdate" | "invalidConfiguration" | "outOfDiskSpace" | "notSupported" | "fileNotFound";
    progress: never;
  };
  /**
   * Downloads a restore image, in parallel ranges where the server has them. The file gets its name only when it is
   * whole, of the right size and, where a SHA-256 is given or sent by the server, of the right content. What arrived
   * before an error, a cancel or the death of the helper is kept beside the target, and the next call for it goes on
   * from there, unless the file on the server has changed; from another URL too, when the server names the same ETag
   * and length. What does not begin and end as a zip archive is no restore image and gets no name: a page that comes in
   * place of the file is asked for again like a fault, and at last an invalidRestoreImage. Calls for one target share
   * one download, also those of several helpers. A local file needs no download, and is answered as it is or, with
   * `to`, copied.
   */
  "restoreImage.download": {
    params: RestoreImageDownloadParams;
    result: RestoreImageDownloadResult;
    errors: "networkError" | "timedOut" | "outOfDiskSpace" | "invalidRestoreImage" | "fileExists" | "fileNotFound" | "permissionDenied" | "pathTooLong" | "inputOutput" | "notSupported";
    progress: RestoreImageDownloadProgress;
  };
  /** Lists the restore images in the cache, whole and partial, the last used first. */
  "restoreImage.cacheList": {
    params: undefined;
    result: RestoreImageCacheListResult;
    errors: "permissionDenied";
    progress: never;
  };
  /**
   * Deletes restore images from the cache: those not used for `olderThan` seconds, and then the least recently used
   * ones until no more than `maximumSize` bytes are taken. At least one of the two must be given. What is in use stays.
   */
  "restoreImage.cachePrune": {
    params: RestoreImageCachePruneParams;
    result: RestoreImageCachePruneResult;
    errors: "permissionDenied";
    progress: never;
  };
  /**
   * The directory sharing devices of a machine and what each shares now, in the order of the configuration.
   *
   * Wraps `VZVirtualMachine.directorySharingDevices`.
   */
  "sharing.list": {
    params: SharingListParams;
    result: SharingListResult;
    errors: "machineNotFound";
    progress: never;
  };
  /**
   * Exchanges what a directory sharing device shares. A guest that has it mounted sees the new share at once; what it
   * has open of the old one, a file or the current folder of a program, stays open until it closes it. While the
   * machine does not run, its next start uses the new share. It lasts until the machine is disposed of and is stored in
   * no bundle. After an error the old share is still there. On a Linux host the exchange from or to a single folder
   * while the machine runs needs an x86-64 processor and a system that lets a process look into its children; elsewhere
   * it is notSupported, and several folders can be exchanged all the same.
   *
   * Wraps `VZVirtioFileSystemDevice.share`. Since macOS 12.0.
   */
  "sharing.setShare": {
    params: SharingSetShareParams;
    result: EmptyResult;
    errors: "machineNotFound" | "deviceNotConfigured" | "fileNotFound" | "permissionDenied" | "invalidConfiguration" | "notSupported";
    progress: never;
  };
  /**
   * Connects to a port that the guest listens on. The Unix socket of the answer is the connection; it serves one client
   * and waits 30 seconds for it.
   *
   * Wraps `VZVirtioSocketDevice.connect(toPort:completionHandler:)`.
   */
  "socket.connect": {
    params: SocketConnectParams;
    result: SocketConnectResult;
    errors: "machineNotFound" | "deviceNotConfigured" | "invalidState" | "guestRefused" | "timedOut";
    progress: never;
  };
  /**
   * Listens on a port of the host. Each connection of the guest is announced by the event socket.accepted; a second
   * listen on a port replaces the first.
   *
   * Wraps `VZVirtioSocketDevice.setSocketListener(_:forPort:)`.
   */
  "socket.listen": {
    params: SocketListenParams;
    result: EmptyResult;
    errors: "machineNotFound" | "deviceNotConfigured" | "invalidState";
    progress: never;
  };
  /**
   * Stops listening on a port; connections made before go on. Does nothing if nobody listens.
   *
   * Wraps `VZVirtioSocketDevice.removeSocketListener(forPort:)`.
   */
  "socket.stopListening": {
    params: SocketStopListeningParams;
    result: EmptyResult;
    errors: "machineNotFound" | "deviceNotConfigured";
    progress: never;
  };
  /**
   * Opens a window on a machine, running or not; one that is open is replaced. The helper has an icon in the Dock as
   * long as one of its windows is open. Needs a GUI session.
   *
   * Wraps `VZVirtualMachineView`. Since macOS 12.0. On Linux: There is no GUI on this system: windows need macOS. Use
   * display.screenshot.
   */
  "window.open": {
    params: WindowOpenParams;
    result: EmptyResult;
    errors: "machineNotFound" | "deviceNotConfigured" | "notSupported";
    progress: never;
  };
  /** Closes a machine's window; the machine goes on. Does nothing if there is none. */
  "window.close": {
    params: WindowCloseParams;
    result: EmptyResult;
    errors: "machineNotFound";
    progress: never;
  };
}

/** Every event and what it carries. */
export interface Events {
  /** The state of a machine changed. Sent in order, every step included. */
  "machine.stateChanged": MachineStateChangedEvent;
  /**
   * A machine stopped. Sent once for each start, after the last stateChanged.
   *
   * Wraps `VZVirtualMachineDelegate.guestDidStop(_:)`, `VZVirtualMachineDelegate.virtualMachine(_:didStopWithError:)`.
   */
  "machine.stopped": MachineStoppedEvent;
  /**
   * The guest connected to a port that a client listens on. The Unix socket is the connection; it serves one client and
   * waits 30 seconds for it.
   */
  "socket.accepted": SocketAcceptedEvent;
  /** A machine's window closed. */
  "window.closed": WindowClosedEvent;
}

/** What a client has to know about a method before it calls it. */
export interface MethodInfo {
  /** Whether the method takes params. */
  readonly hasParams: boolean;
  /** Whether it reports progress. */
  readonly hasProgress: boolean;
  /** Seconds to wait for the answer by default; null is for ever. */
  readonly timeoutSeconds: number | null;
  /** Whether it is called often and answered at once. */
  readonly isFrequent?: boolean;
}

export const methods = {
  "balloon.target": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "balloon.setTarget": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "bundle.create": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "bundle.createMac": { hasParams: true, hasProgress: false, timeoutSeconds: 120 },
  "bundle.open": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "bundle.list": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "bundle.inspect": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "bundle.clone": { hasParams: true, hasProgress: true, timeoutSeconds: null },
  "bundle.import": { hasParams: true, hasProgress: true, timeoutSeconds: null },
  "bundle.rename": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "bundle.update": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "bundle.renewIdentity": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "bundle.resizeDisk": { hasParams: true, hasProgress: true, timeoutSeconds: null },
  "bundle.delete": { hasParams: true, hasProgress: false, timeoutSeconds: null },
  "console.attach": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "initialize": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "ping": { hasParams: false, hasProgress: false, timeoutSeconds: 30, isFrequent: true },
  "shutdown": { hasParams: true, hasProgress: false, timeoutSeconds: null },
  "disk.create": { hasParams: true, hasProgress: true, timeoutSeconds: null },
  "display.list": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "display.reconfigure": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "display.screenshot": { hasParams: true, hasProgress: false, timeoutSeconds: null },
  "host.diagnose": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "host.describe": { hasParams: false, hasProgress: false, timeoutSeconds: 30 },
  "mac.createAuxiliaryStorage": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "mac.createMachineIdentifier": { hasParams: false, hasProgress: false, timeoutSeconds: 30 },
  "machine.install": { hasParams: true, hasProgress: true, timeoutSeconds: null },
  "machine.validate": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "machine.create": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "machine.list": { hasParams: false, hasProgress: false, timeoutSeconds: 30 },
  "machine.start": { hasParams: true, hasProgress: false, timeoutSeconds: null },
  "machine.pause": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "machine.resume": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "machine.requestStop": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "machine.stop": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "machine.state": { hasParams: true, hasProgress: false, timeoutSeconds: 60, isFrequent: true },
  "machine.dispose": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "network.addresses": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "restoreImage.load": { hasParams: true, hasProgress: false, timeoutSeconds: 120 },
  "restoreImage.latestSupported": { hasParams: true, hasProgress: false, timeoutSeconds: 120 },
  "restoreImage.preflight": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "restoreImage.download": { hasParams: true, hasProgress: true, timeoutSeconds: null },
  "restoreImage.cacheList": { hasParams: false, hasProgress: false, timeoutSeconds: 60 },
  "restoreImage.cachePrune": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "sharing.list": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "sharing.setShare": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "socket.connect": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "socket.listen": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "socket.stopListening": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
  "window.open": { hasParams: true, hasProgress: false, timeoutSeconds: 60 },
  "window.close": { hasParams: true, hasProgress: false, timeoutSeconds: 30 },
} as const satisfies { readonly [Method in keyof Requests]: MethodInfo };

export const eventNames = [
  "machine.stateChanged",
  "machine.stopped",
  "socket.accepted",
  "window.closed",
] as const satisfies readonly (keyof Events)[];

/** The events that are about one machine, which they name. */
export const machineEventNames = [
  "machine.stateChanged",
  "machine.stopped",
  "socket.accepted",
  "window.closed",
] as const satisfies readonly (keyof Events)[];

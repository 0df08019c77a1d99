import type { Connection } from "./connection/connection.js";
import type { CallOptions, RequestOptions } from "./connection/requests.js";
import { type ConsoleOptions, type ConsoleStream, openConsole } from "./console.js";
import { ConnectionClosedError, HelperExitError, RequestError } from "./errors.js";
import { EventHub } from "./eventHub.js";
import { EventSource, type EventWaitOptions } from "./events.js";
import { MachineWindow, type WindowOptions } from "./machineWindow.js";
import { pathOf } from "./paths.js";
import type { Events } from "./protocol/methods.generated.js";
import type {
  BundleInstallation,
  Display,
  DisplayReconfigureParams,
  DisplayScreenshotResult,
  MacGuestProvisioning,
  MachineConfiguration,
  MachineHandle,
  MachineInstallProgress,
  MachineInstallResult,
  MachineStateChangedEvent,
  MachineStateResult,
  MachineStoppedEvent,
  NetworkAddressesResult,
  SharingDevice,
  SocketAcceptedEvent,
  WindowClosedEvent,
} from "./protocol/types.generated.js";
import { type ScreenshotFileOptions, type ScreenshotOptions, takeScreenshot } from "./screenshot.js";
import { directoryShare, macOSGuestAutomountTag, type Share, type SharedFolder, sharedFolders } from "./shares.js";
import { SocketListener } from "./socketListener.js";
import { connectSocket, type SocketStream } from "./socketStream.js";

/** What a machine tells of. */
export interface MachineEvents {
  /** Its state changed. Every step is told, in order. */
  stateChanged: MachineStateChangedEvent;
  /** It stopped, by itself, on request or by an error. Told once for each start. */
  stopped: MachineStoppedEvent;
}

/** How a machine is started. */
export interface StartOptions {
  /** Pauses the machine as soon as it runs; false by default. */
  paused?: boolean | undefined;
  /**
   * Whether it may run beside a machine with the same machine identifier or MAC address, such as that of a copied bundle;
   * false by default: `start` rejects with `identityInUse` and the name of that machine.
   */
  allowDuplicateIdentity?: boolean | undefined;
  /** Starts a virtual Mac into macOS Recovery (macOS 13.0); false by default. */
  startUpFromMacOSRecovery?: boolean | undefined;
  /** The first user of a virtual Mac, at the first start after its installation (macOS 27.0 in host and guest). */
  guestProvisioning?: MacGuestProvisioning | undefined;
  /**
   * Folders for a virtual Mac by the names that they have in its /Volumes/My Shared Files, in place of those that it has
   * been given before. Needs the device with `macOSGuestAutomountTag`, which `bundles.createMac` adds.
   */
  share?: Readonly<Record<string, SharedFolder>> | undefined;
  /** Opens a window on the machine before it starts: `window`, or how it is to look and work. None by default. */
  display?: "window" | WindowOptions | undefined;
  /**
   * Called with the reason, in words for people, where there can be no window, such as outside of a GUI session; the machine
   * is then started without. Without this function it is not started, and `start` rejects with that reason.
   */
  onNoWindow?: ((reason: RequestError) => void) | undefined;
}

/** How macOS is installed. */
export type InstallOptions = RequestOptions<"machine.install"> & {
  /** Whether a system that is installed already may be lost; false by default. */
  overwrite?: boolean | undefined;
};

/** What is known of a machine when it is made. */
interface MachineOrigin {
  configuration: MachineConfiguration;
  installation?: BundleInstallation | undefined;
  standInNotice?: string | undefined;
}

/** What a display is to become. */
export type DisplaySize = Omit<DisplayReconfigureParams, "machine">;

/** A virtual machine of a helper. Requests for one machine are carried out in the order of the calls. */
export class Machine extends EventSource<MachineEvents> implements AsyncDisposable {
  /** Names the machine in the protocol. */
  readonly handle: MachineHandle;
  /**
   * The configuration with everything filled in that was left to the helper: machine identifier, MAC addresses, names
   * of streams. Undefined for a machine that this client did not make.
   */
  readonly configuration: MachineConfiguration | undefined;
  /** What was made by the stand-in for tests says so in a sentence to show to people; it is never macOS. */
  readonly standInNotice: string | undefined;
  readonly #connection: Connection;
  readonly #hub: EventHub<MachineEvents>;
  readonly #listeners = new Map<number, SocketListener>();
  readonly #forget: (handle: MachineHandle) => void;
  #installation: BundleInstallation | undefined;
  #lastStop: MachineStoppedEvent | undefined;
  #window: MachineWindow | undefined;
  #disposing: Promise<void> | undefined;

  /** @internal */
  constructor(
    connection: Connection,
    handle: MachineHandle,
    made: MachineOrigin | undefined,
    forget: (handle: MachineHandle) => void,
  ) {
    const hub = new EventHub<MachineEvents>(connection.hold);
    super(hub);
    this.#hub = hub;
    this.#connection = connection;
    this.handle = handle;
    this.configuration = made?.configuration;
    this.standInNotice = made?.standInNotice;
    this.#installation = made?.installation;
    this.#forget = forget;
  }

  /**
   * Whether a system is on the disk of the bundle that the machine was made from; undefined for other machines. It is known
   * from the opening of the bundle and from this object's own installations.
   */
  get installation(): BundleInstallation | undefined {
    return this.#installation;
  }

  /**
   * Starts the machine; resolves when it runs, or is paused right after with `paused`. Wraps
   * `VZVirtualMachine.start(completionHandler:)` (macOS 11.0).
   *
   * Rejects with `RequestError` of kind `invalidStateTransition`, `notInstalled`, `hypervisorMissing`, `hypervisorFailed`,
   * `inUse`, `identityInUse`, `virtualMachineLimitExceeded` or `keychainLocked`; with `share` as `setShare`, with `display` as `openWindow`,
   * before anything is started.
   */
  async start({
    paused,
    allowDuplicateIdentity,
    startUpFromMacOSRecovery,
    guestProvisioning,
    share,
    display,
    onNoWindow,
    ...options
  }: StartOptions & CallOptions = {}): Promise<void> {
    if (share !== undefined) await this.setShare(macOSGuestAutomountTag, sharedFolders(share), options);
    const window = display === undefined ? undefined : await this.#openFirstWindow(display, onNoWindow, options);
    const params = {
      ...this.#target,
      ...(paused !== undefined && { paused }),
      ...(allowDuplicateIdentity !== undefined && { allowDuplicateIdentity }),
      ...(startUpFromMacOSRecovery !== undefined && { startUpFromMacOSRecovery }),
      ...(guestProvisioning !== undefined && { guestProvisioning }),
    };
    try {
      await this.#connection.request("machine.start", params, options);
    } catch (error) {
      // Nobody would look at it. What goes wrong here is less than what has gone wrong already.
      await window?.close().catch(() => {});
      throw error;
    }
  }

  async #openFirstWindow(
    display: "window" | WindowOptions,
    onNoWindow: ((reason: RequestError) => void) | undefined,
    options: CallOptions,
  ): Promise<MachineWindow | undefined> {
    try {
      return await this.openWindow({ ...(display === "window" ? {} : display), ...options });
    } catch (error) {
      if (onNoWindow === undefined || !(error instanceof RequestError) || error.kind !== "notSupported") throw error;
      onNoWindow(error);
      return undefined;
    }
  }

  /** The window on the machine that this object has opened, by `start` or `openWindow`, as long as it is open. */
  get window(): MachineWindow | undefined {
    return this.#window;
  }

  /**
   * Installs macOS from a local restore image onto the first disk of a stopped virtual Mac, and resolves with what was
   * installed when the machine is stopped again. After a failure or `AbortError` the disk holds no system: install again.
   * The machine of a bundle that has a system is installed anew only with `overwrite`, and else rejects with
   * `alreadyInstalled`. Progress names the phase and tells the fraction, the seconds left and whether all stands still.
   * Wraps `VZMacOSInstaller` (macOS 12.0).
   *
   * Rejects with `installationFailed`, `installationRequiresUpdate`, `invalidRestoreImage`, `invalidConfiguration`,
   * `outOfDiskSpace`, `notSupported` and what else the protocol names; `error.apple` holds the chain of causes.
   */
  async install(
    restoreImage: string | { path?: string | undefined },
    { overwrite, ...options }: InstallOptions = {},
  ): Promise<MachineInstallResult> {
    const overwriting = overwrite !== undefined && { overwrite };
    const params = { ...this.#target, path: pathOf(restoreImage), ...overwriting };
    let hasBegun = false;
    try {
      const onProgress = (progress: MachineInstallProgress) => {
        hasBegun = true;
        options.onProgress?.(progress);
      };
      const installed = await this.#connection.request("machine.install", params, { ...options, onProgress });
      if (this.#installation !== undefined) this.#installation = "complete";
      return installed;
    } catch (error) {
      // The first progress comes when the bundle is marked.
      if (hasBegun && this.#installation !== undefined) this.#installation = "interrupted";
      throw error;
    }
  }

  /**
   * Holds the guest; resolves when it is paused. Rejects with `invalidStateTransition` unless it runs. Wraps
   * `VZVirtualMachine.pause(completionHandler:)` (macOS 11.0).
   */
  async pause(options: CallOptions = {}): Promise<void> {
    await this.#connection.request("machine.pause", this.#target, options);
  }

  /**
   * Lets a paused guest go on; resolves when it runs. Rejects with `invalidStateTransition` unless it is paused. Wraps
   * `VZVirtualMachine.resume(completionHandler:)` (macOS 11.0).
   */
  async resume(options: CallOptions = {}): Promise<void> {
    await this.#connection.request("machine.resume", this.#target, options);
  }

  /**
   * Presses the guest's power button. Resolves when the request is made; `stopped` tells when the guest has turned
   * itself off. A guest that still runs after `stopAfter` seconds, 0 to 86400, is stopped by force; never by default.
   * Wraps `VZVirtualMachine.requestStop()` (macOS 11.0). Rejects with `invalidState` unless it runs.
   */
  async requestStop({ stopAfter, ...options }: { stopAfter?: number | undefined } & CallOptions = {}): Promise<void> {
    const params = { ...this.#target, ...(stopAfter !== undefined && { stopAfter }) };
    await this.#connection.request("machine.requestStop", params, options);
  }

  /**
   * Stops the machine at once, without asking the guest, which can lose data. Resolves when it is stopped; rejects with
   * `invalidStateTransition` when it is already. Wraps `VZVirtualMachine.stop(completionHandler:)` (macOS 12.0).
   */
  async stop(options: CallOptions = {}): Promise<void> {
    await this.#connection.request("machine.stop", this.#target, options);
  }

  /**
   * The state and what can be done in it. With `live` the hypervisor itself is asked, not the last known state. Wraps
   * `VZVirtualMachine.state`, `canStart` and the like (macOS 11.0).
   */
  state({ live, ...options }: { live?: boolean | undefined } & CallOptions = {}): Promise<MachineStateResult> {
    const params = { ...this.#target, ...(live !== undefined && { live }) };
    return this.#connection.request("machine.state", params, options);
  }

  /**
   * Waits until the machine stops, and resolves with how. Resolves at once when it has stopped since its last start;
   * waits for the first start's end when it was never started. Rejects with `AbortError`, or when the helper dies or the
   * machine is disposed.
   */
  async waitUntilStopped(options: EventWaitOptions = {}): Promise<MachineStoppedEvent> {
    return this.#lastStop ?? this.#hub.next("stopped", options.signal);
  }

  /**
   * Opens a console: the stream of that name, or the first one. Its output begins with what is kept of the past, or at
   * offset `from` in bytes; what is written goes to the guest. Wraps `VZFileHandleSerialPortAttachment` (macOS 11.0).
   * Rejects with `consoleNotFound`.
   */
  console(name?: string, options?: ConsoleOptions): Promise<ConsoleStream>;
  console(options?: ConsoleOptions): Promise<ConsoleStream>;
  console(nameOrOptions: string | ConsoleOptions = {}, options: ConsoleOptions = {}): Promise<ConsoleStream> {
    const [name, wanted] = typeof nameOrOptions === "string" ? [nameOrOptions, options] : [undefined, nameOrOptions];
    return openConsole(this.#connection, this.handle, name, wanted);
  }

  /**
   * Connects to a Virtio socket port that the guest listens on. Wraps `VZVirtioSocketDevice.connect(toPort:)`
   * (macOS 11.0). Rejects with `guestRefused`, `deviceNotConfigured`, `invalidState` or `timedOut`.
   */
  async connect(port: number, options: CallOptions = {}): Promise<SocketStream> {
    const { path } = await this.#connection.request("socket.connect", { ...this.#target, port }, options);
    return connectSocket(path, `The connection to port ${port} of the guest`, options.signal);
  }

  /**
   * Listens on a Virtio socket port of the host for connections of the guest; a second listener on a port replaces the
   * first. Wraps `VZVirtioSocketDevice.setSocketListener(_:forPort:)` (macOS 11.0). Rejects with `deviceNotConfigured`
   * or `invalidState`.
   */
  async listen(port: number, options: CallOptions = {}): Promise<SocketListener> {
    const listener = new SocketListener(this.#connection, { machine: this.handle, port }, () => {
      if (this.#listeners.get(port) === listener) this.#listeners.delete(port);
    });
    const previous = this.#listeners.get(port);
    // Entered first: the guest can be quicker than the answer.
    this.#listeners.set(port, listener);
    try {
      await this.#connection.request("socket.listen", { ...this.#target, port }, options);
    } catch (error) {
      if (this.#listeners.get(port) === listener) this.#listeners.delete(port);
      if (previous !== undefined && !this.#listeners.has(port)) this.#listeners.set(port, previous);
      throw error;
    }
    previous?.end(undefined);
    return listener;
  }

  /**
   * The memory size in bytes that the guest is asked to keep to. Wraps
   * `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize` (macOS 11.0).
   */
  async memoryTarget(options: CallOptions = {}): Promise<number> {
    return (await this.#connection.request("balloon.target", this.#target, options)).memorySize;
  }

  /**
   * Asks the guest to keep to a memory size in bytes, and resolves with the one that was set: rounded down to 1 MiB and
   * kept between what is allowed. The guest gives what it can. Wraps
   * `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize` (macOS 11.0).
   */
  async setMemoryTarget(memorySize: number, options: CallOptions = {}): Promise<number> {
    return (await this.#connection.request("balloon.setTarget", { ...this.#target, memorySize }, options)).memorySize;
  }

  /**
   * The devices that share folders, in the order of the configuration, and what each shares now. Wraps
   * `VZVirtualMachine.directorySharingDevices` (macOS 12.0).
   */
  async shares(options: CallOptions = {}): Promise<SharingDevice[]> {
    return (await this.#connection.request("sharing.list", this.#target, options)).devices;
  }

  /**
   * Exchanges what the device with this tag shares: one folder, several under a name each, or with `undefined` none. A
   * guest that has it mounted sees the new share at once; files that it has open stay open. A machine that does not run
   * uses it at its next start. After an error the old share is still there. Wraps `VZVirtioFileSystemDevice.share`
   * (macOS 12.0).
   *
   * Rejects with `deviceNotConfigured`, `fileNotFound`, `permissionDenied`, `invalidConfiguration` or, on a Linux host
   * whose system does not let single folders be exchanged under a running guest, `notSupported`.
   */
  async setShare(tag: string, share: Share | undefined, options: CallOptions = {}): Promise<void> {
    const params = { ...this.#target, tag, ...(share !== undefined && { share: directoryShare(share) }) };
    await this.#connection.request("sharing.setShare", params, options);
  }

  /** The addresses of the guest's network interfaces, as far as the host can know them, and its port forwards. */
  addresses(options: CallOptions = {}): Promise<NetworkAddressesResult> {
    return this.#connection.request("network.addresses", this.#target, options);
  }

  /** The displays of the machine, none if it has none. Wraps `VZGraphicsDevice.displays` (macOS 14.0). */
  async displays(options: CallOptions = {}): Promise<Display[]> {
    return (await this.#connection.request("display.list", this.#target, options)).displays;
  }

  /**
   * Asks the guest to take another size of its first display, or of the one named by `display`; it may not obey. Wraps
   * `VZGraphicsDisplay.reconfigure(configuration:)` (macOS 14.0); on Linux anything but the present size is refused with
   * `notSupported`. Rejects with `deviceNotConfigured` or `invalidConfiguration`.
   */
  async reconfigureDisplay(size: DisplaySize, options: CallOptions = {}): Promise<void> {
    await this.#connection.request("display.reconfigure", { ...this.#target, ...size }, options);
  }

  /**
   * Takes a picture of what a running or paused machine shows, and resolves with it as a PNG file, or with `to` with the
   * file that was made and its size in pixels. It is as large as what the guest shows now, which can be a mode of another
   * size than the display's. Pictures of one colour, such as before the guest has drawn anything, are tried again for
   * `timeout` seconds. Wraps `VZVirtualMachineView` (macOS 12.0), for which the helper needs a GUI session there.
   *
   * Rejects with `displayBlank`, `deviceNotConfigured`, `invalidState`, `notSupported`, `fileExists`, `fileNotFound`,
   * `permissionDenied` or `outOfDiskSpace`.
   */
  screenshot(options: ScreenshotFileOptions): Promise<DisplayScreenshotResult>;
  screenshot(options?: ScreenshotOptions): Promise<Buffer>;
  screenshot(options: Partial<ScreenshotFileOptions> = {}): Promise<Buffer | DisplayScreenshotResult> {
    return takeScreenshot(this.#connection, this.handle, options);
  }

  /**
   * Opens a window on the machine, running or not, in place of one that is open. Keys and pointer go to the guest if it
   * has such devices. Wraps `VZVirtualMachineView` (macOS 12.0).
   *
   * Rejects with `notSupported` where there is no GUI or the helper is outside of a GUI session, and with
   * `deviceNotConfigured`.
   */
  async openWindow({ signal, timeout, ...options }: WindowOptions & CallOptions = {}): Promise<MachineWindow> {
    const window = new MachineWindow(this.#connection, this.handle);
    const previous = this.#window;
    // Entered first: a person can be quicker than the answer.
    this.#window = window;
    try {
      await this.#connection.request("window.open", { ...this.#target, ...options }, { signal, timeout });
    } catch (error) {
      if (this.#window === window) this.#window = previous;
      throw error;
    }
    previous?.end(undefined);
    return window;
  }

  /**
   * Stops the machine by force if it still runs, and forgets it. Its streams close, its locks are freed; disk images
   * stay. A machine that is gone already, with its helper or without, is no error.
   */
  dispose(options: CallOptions = {}): Promise<void> {
    this.#disposing ??= this.#dispose(options).catch((error: unknown) => {
      // What failed can be tried again.
      this.#disposing = undefined;
      throw error;
    });
    return this.#disposing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** @internal */
  deliver(name: keyof Events, event: Events[keyof Events]): void {
    if (name === "socket.accepted") {
      this.#accept(event as SocketAcceptedEvent);
    } else if (name === "machine.stopped") {
      this.#lastStop = event as MachineStoppedEvent;
      this.#hub.emit("stopped", this.#lastStop);
    } else if (name === "machine.stateChanged") {
      const change = event as MachineStateChangedEvent;
      if (change.state === "starting" || change.state === "restoring") this.#lastStop = undefined;
      this.#hub.emit("stateChanged", change);
    } else if (name === "window.closed") {
      const window = this.#window;
      this.#window = undefined;
      window?.deliver(event as WindowClosedEvent);
    }
  }

  /** @internal */
  end(error: Error | undefined): void {
    for (const listener of [...this.#listeners.values()]) listener.end(error);
    this.#listeners.clear();
    this.#window?.end(error);
    this.#window = undefined;
    this.#hub.end(error);
  }

  #accept(event: SocketAcceptedEvent): void {
    this.#listeners.get(event.port)?.accept(event);
  }

  async #dispose(options: CallOptions): Promise<void> {
    try {
      await this.#connection.request("machine.dispose", this.#target, options);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    this.#forget(this.handle);
    this.end(undefined);
  }

  get #target(): { machine: MachineHandle } {
    return { machine: this.handle };
  }
}

function isGone(error: unknown): boolean {
  if (error instanceof RequestError) return error.kind === "machineNotFound" || error.kind === "shuttingDown";
  return error instanceof HelperExitError || error instanceof ConnectionClosedError;
}

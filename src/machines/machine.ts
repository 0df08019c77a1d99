import type { Connection } from "../connection/connection.js";
import { isGone } from "../connection/gone.js";
import type { CallOptions, RequestOptions } from "../connection/requests.js";
import { EventHub } from "../events/eventHub.js";
import type { EventWaitOptions } from "../events/eventIterator.js";
import { EventSource } from "../events/eventSource.js";
import type { Events } from "../protocol/methods.generated.js";
import type {
  BundleInstallation,
  MachineConfiguration,
  MachineHandle,
  MachineInstallProgress,
  MachineInstallResult,
  MachineStartResult,
  MachineStateResult,
  MachineStoppedEvent,
} from "../protocol/types.generated.js";
import { MachineBalloon } from "./machineBalloon.js";
import { MachineConsole } from "./machineConsole.js";
import { MachineContext, type MachineEventName } from "./machineContext.js";
import { MachineDisplays } from "./machineDisplays.js";
import { MachineNetwork } from "./machineNetwork.js";
import { MachineShares } from "./machineShares.js";
import { MachineSockets } from "./machineSockets.js";
import { restoreImagePath } from "./restoreImagePath.js";
import { type StartOptions, startParams } from "./startOptions.js";

/** The events of a machine: those of the protocol's domain `machine`, by the last part of their names. */
export type MachineEvents = {
  [Name in keyof Events as Name extends `machine.${infer Key}` ? Key : never]: Events[Name];
};

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

/**
 * A virtual machine of a helper. Requests for one machine are carried out in the order of the calls. What belongs to one
 * kind of device is in a part of its own, such as `machine.sockets`.
 *
 * @example
 * ```ts
 * await using machine = await helper.machines.create(configuration);
 * await machine.start();
 * const { reason } = await machine.waitUntilStopped();
 * ```
 */
export class Machine extends EventSource<MachineEvents> implements AsyncDisposable {
  /** Names the machine in the protocol. */
  readonly handle: MachineHandle;
  /**
   * The configuration with everything filled in that was left to the helper: machine identifier, MAC addresses, names
   * of streams. Undefined for a machine that this client did not make.
   */
  readonly configuration: MachineConfiguration | undefined;
  /** A sentence to show to people about a machine that the stand-in for tests made; it never holds macOS. */
  readonly standInNotice: string | undefined;
  /** Its consoles. */
  readonly console: MachineConsole;
  /** Virtio sockets between host and guest. */
  readonly sockets: MachineSockets;
  /** The folders that it shares with the guest. */
  readonly shares: MachineShares;
  /** Its displays, and the window on them. */
  readonly displays: MachineDisplays;
  /** How much memory the guest is asked to keep to. */
  readonly balloon: MachineBalloon;
  /** Its addresses and port forwards. */
  readonly network: MachineNetwork;
  readonly #context: MachineContext;
  readonly #hub: EventHub<MachineEvents>;
  readonly #forget: (handle: MachineHandle) => void;
  #installation: BundleInstallation | undefined;
  #lastStop: MachineStoppedEvent | undefined;
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
    const context = new MachineContext(connection, handle);
    this.#hub = hub;
    this.#context = context;
    this.handle = handle;
    this.configuration = made?.configuration;
    this.standInNotice = made?.standInNotice;
    this.#installation = made?.installation;
    this.#forget = forget;
    this.console = new MachineConsole(context);
    this.sockets = new MachineSockets(context);
    this.shares = new MachineShares(context);
    this.displays = new MachineDisplays(context);
    this.balloon = new MachineBalloon(context);
    this.network = new MachineNetwork(context);
    context.on("machine.stopped", (event) => {
      this.#lastStop = event;
      hub.emit("stopped", event);
    });
    context.on("machine.stateChanged", (event) => {
      if (event.state === "starting" || event.state === "restoring") this.#lastStop = undefined;
      hub.emit("stateChanged", event);
    });
  }

  /**
   * Whether a system is on the disk of the bundle that the machine was made from; undefined for other machines. It is known
   * from the opening of the bundle and from this object's own installations.
   */
  get installation(): BundleInstallation | undefined {
    return this.#installation;
  }

  /**
   * Starts the machine. Resolves when it runs, or with `paused` when it is paused right after. A start that fails changes
   * nothing: the shares are what they were, and no window stays open. Wraps `VZVirtualMachine.start(completionHandler:)`
   * (macOS 11.0).
   *
   * @returns Why there is no window, in `noWindowReason`, when one that is not required cannot be opened.
   * @throws {@link RequestError} `invalidStateTransition`, `notInstalled`, `hypervisorMissing`, `hypervisorFailed`,
   * `inUse`, `identityInUse`, `virtualMachineLimitExceeded` or `keychainLocked`; with shares as {@link MachineShares.set},
   * with a window as {@link MachineDisplays.openWindow}.
   *
   * @example
   * ```ts
   * await mac.start({ share: { "My Project": "." }, window: { isRequired: false } });
   * ```
   */
  async start({ signal, timeout, ...options }: StartOptions & CallOptions = {}): Promise<MachineStartResult> {
    const params = startParams(options);
    const start = () => this.#context.request("machine.start", params, { signal, timeout });
    if (params.window === undefined) return start();
    let result: MachineStartResult = {};
    await this.displays.opening(async () => {
      result = await start();
      return result.noWindowReason === undefined;
    });
    return result;
  }

  /**
   * Installs macOS from a local restore image onto the first disk of a stopped virtual Mac. Resolves with what was
   * installed when the machine is stopped again. After a failure or `AbortError` the disk holds no system: install again.
   * The machine of a bundle that has a system is installed anew only with `overwrite`. Progress has the phase, the
   * fraction, the seconds left and whether all stands still. Wraps `VZMacOSInstaller` (macOS 12.0).
   *
   * @param restoreImage - Its path, or what has it: a {@link RestoreImage} that was loaded, or the result of a download.
   * @throws {@link RequestError} `alreadyInstalled`, `installationFailed`, `installationRequiresUpdate`,
   * `invalidRestoreImage`, `invalidConfiguration`, `outOfDiskSpace`, `notSupported` and what else the protocol names;
   * `error.apple` holds the chain of causes.
   *
   * @example
   * ```ts
   * const image = await helper.restoreImages.latestSupported();
   * await machine.install(await image.download(), { onProgress: ({ fraction }) => console.log(fraction) });
   * ```
   */
  async install(
    restoreImage: string | { path?: string | undefined },
    { overwrite, ...options }: InstallOptions = {},
  ): Promise<MachineInstallResult> {
    const path = restoreImagePath(restoreImage);
    let hasBegun = false;
    try {
      const onProgress = (progress: MachineInstallProgress) => {
        hasBegun = true;
        options.onProgress?.(progress);
      };
      const installed = await this.#context.request("machine.install", { path, overwrite }, { ...options, onProgress });
      if (this.#installation !== undefined) this.#installation = "complete";
      return installed;
    } catch (error) {
      // The first progress comes when the bundle is marked.
      if (hasBegun && this.#installation !== undefined) this.#installation = "interrupted";
      throw error;
    }
  }

  /**
   * Holds the guest; resolves when it is paused. Wraps `VZVirtualMachine.pause(completionHandler:)` (macOS 11.0).
   *
   * @throws {@link RequestError} `invalidStateTransition` unless it runs.
   */
  async pause(options: CallOptions = {}): Promise<void> {
    await this.#context.request("machine.pause", {}, options);
  }

  /**
   * Lets a paused guest go on; resolves when it runs. Wraps `VZVirtualMachine.resume(completionHandler:)` (macOS 11.0).
   *
   * @throws {@link RequestError} `invalidStateTransition` unless it is paused.
   */
  async resume(options: CallOptions = {}): Promise<void> {
    await this.#context.request("machine.resume", {}, options);
  }

  /**
   * Presses the guest's power button. Resolves when the request is made; the event `stopped` comes when the guest has
   * turned itself off. Wraps `VZVirtualMachine.requestStop()` (macOS 11.0).
   *
   * @param options - `stopAfter`: seconds, 0 to 86400, after which a guest that still runs is stopped by force; never by
   * default. Until then the button is pressed again, since a guest that is still starting does not hear it.
   * @throws {@link RequestError} `invalidState` unless it runs.
   *
   * @example
   * ```ts
   * await machine.requestStop({ stopAfter: 30 });
   * const { reason } = await machine.waitUntilStopped();
   * ```
   */
  async requestStop({ stopAfter, ...options }: { stopAfter?: number | undefined } & CallOptions = {}): Promise<void> {
    await this.#context.request("machine.requestStop", { stopAfter }, options);
  }

  /**
   * Stops the machine at once, without asking the guest, which can lose data. Resolves when it is stopped. Wraps
   * `VZVirtualMachine.stop(completionHandler:)` (macOS 12.0).
   *
   * @throws {@link RequestError} `invalidStateTransition` when it is stopped already.
   */
  async stop(options: CallOptions = {}): Promise<void> {
    await this.#context.request("machine.stop", {}, options);
  }

  /**
   * Resolves with the state and what can be done in it. Wraps `VZVirtualMachine.state`, `canStart` and the like
   * (macOS 11.0).
   *
   * @param options - `live`: asks the hypervisor itself, not the last known state; false by default.
   */
  state({ live, ...options }: { live?: boolean | undefined } & CallOptions = {}): Promise<MachineStateResult> {
    return this.#context.request("machine.state", { live }, options);
  }

  /**
   * Waits until the machine stops, and resolves with how. Resolves at once when it has stopped since its last start;
   * waits for the first start's end when it was never started.
   *
   * @throws {@link AbortError} when `signal` is aborted, {@link HelperExitError} when the helper dies, and
   * {@link ConnectionClosedError} when the machine is disposed of.
   */
  async waitUntilStopped(options: EventWaitOptions = {}): Promise<MachineStoppedEvent> {
    return this.#lastStop ?? this.#hub.next("stopped", options.signal);
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

  /** Disposes of the machine. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** @internal */
  deliver<Name extends MachineEventName>(name: Name, event: Events[Name]): void {
    this.#context.deliver(name, event);
  }

  /** @internal */
  end(error: Error | undefined): void {
    this.#context.end(error);
    this.#hub.end(error);
  }

  async #dispose(options: CallOptions): Promise<void> {
    try {
      await this.#context.request("machine.dispose", {}, options);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    this.#forget(this.handle);
    this.end(undefined);
  }
}

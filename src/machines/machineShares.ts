import type { CallOptions } from "../connection/requests.js";
import type { SharingDevice } from "../protocol/types.generated.js";
import type { MachineContext } from "./machineContext.js";
import { directoryShare, type Share } from "./shares.js";

/** The folders of the host that a machine shares with its guest. */
export class MachineShares {
  readonly #machine: MachineContext;

  /** @internal */
  constructor(machine: MachineContext) {
    this.#machine = machine;
  }

  /**
   * Lists the devices that share folders, in the order of the configuration, and what each shares now. Wraps
   * `VZVirtualMachine.directorySharingDevices` (macOS 12.0).
   */
  async list(options: CallOptions = {}): Promise<SharingDevice[]> {
    return (await this.#machine.request("sharing.list", {}, options)).devices;
  }

  /**
   * Exchanges what the device with this tag shares: one folder, several under a name each, or with `undefined` none. A
   * guest that has it mounted sees the new share at once; files that it has open stay open. A machine that does not run
   * uses it at its next start. After an error the old share is still there. Wraps `VZVirtioFileSystemDevice.share`
   * (macOS 12.0).
   *
   * @throws {@link RequestError} `deviceNotConfigured`, `fileNotFound`, `permissionDenied`, `invalidConfiguration` or, on
   * a Linux host whose system does not let single folders be exchanged under a running guest, `notSupported`.
   *
   * @example
   * ```ts
   * await machine.shares.set("work", { path: "sources", isReadOnly: true });
   * ```
   */
  async set(tag: string, share: Share | undefined, options: CallOptions = {}): Promise<void> {
    const wanted = share === undefined ? undefined : directoryShare(share);
    await this.#machine.request("sharing.setShare", { tag, share: wanted }, options);
  }
}

import type { Connection } from "../connection/connection.js";
import type { CallOptions } from "../connection/requests.js";
import type { HostDescribeResult, HostDiagnoseResult } from "../protocol/types.generated.js";

/** What a host is looked over for. */
export interface DiagnoseOptions extends CallOptions {
  /** Folder whose volume is looked at for free space; the helper's working directory by default. */
  folder?: string | undefined;
}

/** The machine that a helper runs on. */
export class Host {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Says what the host is, what runs its guests, the limits of configurations, and what is unavailable and why. Wraps
   * `VZVirtualMachine.isSupported` and the limits of `VZVirtualMachineConfiguration` (macOS 11.0).
   */
  describe(options: CallOptions = {}): Promise<HostDescribeResult> {
    return this.#connection.request("host.describe", undefined, options);
  }

  /**
   * Looks the host over for what keeps guests from running: each fact with what was found, what it means and what to do
   * about it. Takes a second or two. `vzkit doctor` prints it.
   *
   * Asks `VZVirtualMachine.isSupported` (macOS 11.0) and, beyond the framework, the helper's own code signature, the GUI
   * session, the keychain and the disk; on Linux QEMU, its accelerator and virtiofsd.
   *
   * @throws {@link RequestError} `fileNotFound` when `folder` does not exist.
   */
  diagnose({ folder, ...options }: DiagnoseOptions = {}): Promise<HostDiagnoseResult> {
    return this.#connection.request("host.diagnose", { folder }, options);
  }
}

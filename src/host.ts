import type { Connection } from "./connection/connection.js";
import type { CallOptions } from "./connection/requests.js";
import type { HostDescribeResult } from "./protocol/types.generated.js";

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
}

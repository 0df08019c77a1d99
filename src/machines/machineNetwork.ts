import type { CallOptions } from "../connection/requests.js";
import type { NetworkAddressesResult } from "../protocol/types.generated.js";
import type { MachineContext } from "./machineContext.js";

/** The network of a machine as its host sees it. */
export class MachineNetwork {
  readonly #machine: MachineContext;

  /** @internal */
  constructor(machine: MachineContext) {
    this.#machine = machine;
  }

  /**
   * Resolves with the addresses of the guest's network interfaces, as far as the host can know them, and with the port
   * forwards, with the host ports that the system chose.
   *
   * @example
   * ```ts
   * const { addresses } = await machine.network.addresses();
   * ```
   */
  addresses(options: CallOptions = {}): Promise<NetworkAddressesResult> {
    return this.#machine.request("network.addresses", {}, options);
  }
}

import type { CallOptions } from "../connection/requests.js";
import type { MachineContext } from "./machineContext.js";

/**
 * The memory balloon of a machine: how much memory its guest is asked to keep to. Its methods reject with `RequestError` of
 * kind `deviceNotConfigured` for a machine without a memory balloon device.
 */
export class MachineBalloon {
  readonly #machine: MachineContext;

  /** @internal */
  constructor(machine: MachineContext) {
    this.#machine = machine;
  }

  /**
   * Resolves with the memory size in bytes that the guest is asked to keep to. Wraps
   * `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize` (macOS 11.0).
   *
   * @throws {@link RequestError} `deviceNotConfigured` or `invalidState`.
   */
  async target(options: CallOptions = {}): Promise<number> {
    return (await this.#machine.request("balloon.target", {}, options)).memorySize;
  }

  /**
   * Asks the guest to keep to a memory size. Resolves with the size in bytes that was set: rounded down to 1 MiB and kept
   * within the allowed range. The guest gives back what it can. Wraps
   * `VZVirtioTraditionalMemoryBalloonDevice.targetVirtualMachineMemorySize` (macOS 11.0).
   *
   * @param memorySize - Bytes.
   * @throws {@link RequestError} `deviceNotConfigured` or `invalidState`.
   *
   * @example
   * ```ts
   * await machine.balloon.setTarget(mib(512));
   * ```
   */
  async setTarget(memorySize: number, options: CallOptions = {}): Promise<number> {
    return (await this.#machine.request("balloon.setTarget", { memorySize }, options)).memorySize;
  }
}

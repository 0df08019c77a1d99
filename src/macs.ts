import type { Connection } from "./connection/connection.js";
import type { CallOptions } from "./connection/requests.js";
import { absolutePath } from "./paths.js";
import type { MacCreateAuxiliaryStorageParams } from "./protocol/types.generated.js";

/** What a virtual Mac is made of beside its disk. */
export class Macs {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Makes the file in which a virtual Mac's firmware keeps what it stores, for one hardware model. Wraps
   * `VZMacAuxiliaryStorage.init(creatingStorageAt:hardwareModel:options:)` (macOS 12.0). Rejects with `fileExists`,
   * `fileNotFound`, `permissionDenied`, `outOfDiskSpace`, `inUse` or `notSupported`.
   */
  async createAuxiliaryStorage(params: MacCreateAuxiliaryStorageParams, options: CallOptions = {}): Promise<string> {
    const path = absolutePath(params.path);
    return (await this.#connection.request("mac.createAuxiliaryStorage", { ...params, path }, options)).path;
  }

  /** A new machine identifier, different from all others, in base64. Wraps `VZMacMachineIdentifier.init()` (macOS 12.0). */
  async createMachineIdentifier(options: CallOptions = {}): Promise<string> {
    return (await this.#connection.request("mac.createMachineIdentifier", undefined, options)).machineIdentifier;
  }
}

import type { Connection } from "../connection/connection.js";
import type { CallOptions } from "../connection/requests.js";
import type { MacCreateAuxiliaryStorageParams } from "../protocol/types.generated.js";

/** How the file of a virtual Mac's firmware is made. */
export type CreateAuxiliaryStorageOptions = Omit<MacCreateAuxiliaryStorageParams, "path"> & CallOptions;

/** The parts of a virtual Mac's platform, for configurations that are written by hand. */
export class Macs {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Makes the file in which a virtual Mac's firmware keeps what it stores, for one hardware model; resolves with its path.
   * Wraps `VZMacAuxiliaryStorage.init(creatingStorageAt:hardwareModel:options:)` (macOS 12.0).
   *
   * @param path - A relative path is one of this process.
   * @throws {@link RequestError} `fileExists`, `fileNotFound`, `permissionDenied`, `outOfDiskSpace`, `inUse` or
   * `notSupported`.
   */
  async createAuxiliaryStorage(
    path: string,
    { signal, timeout, ...params }: CreateAuxiliaryStorageOptions,
  ): Promise<string> {
    const request = { ...params, path };
    return (await this.#connection.request("mac.createAuxiliaryStorage", request, { signal, timeout })).path;
  }

  /**
   * Makes a machine identifier that is different from all others, in base64. Wraps `VZMacMachineIdentifier.init()`
   * (macOS 12.0).
   */
  async createMachineIdentifier(options: CallOptions = {}): Promise<string> {
    return (await this.#connection.request("mac.createMachineIdentifier", undefined, options)).machineIdentifier;
  }
}

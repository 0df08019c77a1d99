import type { CallOptions } from "../connection/requests.js";
import { SocketStream } from "../streams/socketStream.js";
import type { MachineContext } from "./machineContext.js";

/** Which console to open, and where its output begins. */
export interface ConsoleOptions extends CallOptions {
  /** The name of the stream, as in its attachment; the first one by default. */
  name?: string | undefined;
  /** Output offset in bytes, counted from the machine's creation, to begin at; the oldest that is kept by default. */
  from?: number | undefined;
}

/** The output of a guest's console, and its input. It ends when the machine is disposed of or the helper ends. */
export class ConsoleStream extends SocketStream {
  /** Offset of the first byte of this stream, counted from the machine's creation. */
  readonly offset: number;
  /** Bytes that the guest had printed when the stream was opened: what comes before this offset is replay. */
  readonly endOffset: number;

  /** @internal */
  constructor(offset: number, endOffset: number) {
    super(false);
    this.offset = offset;
    this.endOffset = endOffset;
  }

  /** Offset of the next byte that will be received, at which a later stream can go on with `from`. */
  get position(): number {
    return this.offset + this.bytesRead;
  }
}

/** The consoles of a machine: its serial ports and console ports with a `stream` attachment. */
export class MachineConsole {
  readonly #machine: MachineContext;

  /** @internal */
  constructor(machine: MachineContext) {
    this.#machine = machine;
  }

  /**
   * Opens a console. Its output begins with what is kept of the past, or at the offset `from`; what is written goes to the
   * guest. Wraps `VZFileHandleSerialPortAttachment` (macOS 11.0).
   *
   * @throws {@link RequestError} `consoleNotFound` when the machine has no such stream.
   *
   * @example
   * ```ts
   * const console = await machine.console.open();
   * console.pipe(process.stdout);
   * console.write("uname -a\n");
   * ```
   */
  async open({ name, from, ...options }: ConsoleOptions = {}): Promise<ConsoleStream> {
    const { path, offset, endOffset } = await this.#machine.request("console.attach", { console: name, from }, options);
    const what = `The console ${name ?? ""}`.trim();
    return this.#machine.connection.openStream(new ConsoleStream(offset, endOffset), path, what, options.signal);
  }
}

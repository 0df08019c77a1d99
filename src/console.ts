import type { Connection } from "./connection/connection.js";
import type { CallOptions } from "./connection/requests.js";
import { openStream, SocketStream } from "./socketStream.js";

export interface ConsoleOptions extends CallOptions {
  /** Output offset in bytes, counted from the machine's creation, to begin at; the oldest that is kept by default. */
  from?: number | undefined;
}

/** The output of a guest's console, and its input. It ends when the machine is disposed or the helper ends. */
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

  /** Offset of the next byte that will be received: where a later stream can go on, with `from`. */
  get position(): number {
    return this.offset + this.bytesRead;
  }
}

export async function openConsole(
  connection: Connection,
  machine: string,
  name: string | undefined,
  { from, ...options }: ConsoleOptions,
): Promise<ConsoleStream> {
  const params = { machine, ...(name !== undefined && { console: name }), ...(from !== undefined && { from }) };
  const { path, offset, endOffset } = await connection.request("console.attach", params, options);
  const what = `The console ${name ?? ""}`.trim();
  return openStream(new ConsoleStream(offset, endOffset), path, what, options.signal);
}

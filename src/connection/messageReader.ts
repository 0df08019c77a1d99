import type { Readable } from "node:stream";
import { AbstractMessageReader, type DataCallback, type Disposable } from "vscode-jsonrpc/node";
import { ProtocolViolationError } from "../base/errors.js";
import { FrameParser } from "./frameParser.js";
import { isNotification, type NotificationMessage, readMessage } from "./messages.js";

/**
 * Reads messages from a helper. Every message of a chunk is handed on while the chunk is read, where vscode-jsonrpc's
 * own reader takes a turn of the event loop for each.
 *
 * Notifications do not go through the connection, whose queue delays them but not responses: they reach `onNotification`
 * in the order they came, so that an event sent before an answer is seen before it.
 */
export class HelperMessageReader extends AbstractMessageReader {
  readonly #stream: Readable;
  readonly #onNotification: (message: NotificationMessage) => void;
  readonly #parser: FrameParser;
  #callback: DataCallback | undefined;
  #ended = false;

  constructor(stream: Readable, bodyLimit: number, onNotification: (message: NotificationMessage) => void) {
    super();
    this.#stream = stream;
    this.#onNotification = onNotification;
    this.#parser = new FrameParser(bodyLimit, (bytes, start, end) => this.#deliver(bytes, start, end));
  }

  override listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    this.#stream.on("data", this.#onData);
    this.#stream.on("error", this.#onError);
    this.#stream.on("end", this.#onEnd);
    this.#stream.on("close", this.#onEnd);
    return { dispose: () => this.#stop() };
  }

  override dispose(): void {
    this.#stop();
    super.dispose();
  }

  readonly #onData = (chunk: Buffer): void => {
    try {
      this.#parser.push(chunk);
    } catch (error) {
      // What follows cannot be trusted to be the start of a message.
      this.#stop();
      this.fireError(error instanceof ProtocolViolationError ? error : new Error("Reading failed", { cause: error }));
    }
  };

  readonly #onError = (error: Error): void => this.fireError(error);

  readonly #onEnd = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    this.fireClose();
  };

  #deliver(bytes: Buffer, start: number, end: number): void {
    if (this.#callback === undefined) return;
    const message = readMessage(bytes, start, end);
    if (isNotification(message)) this.#onNotification(message);
    else this.#callback(message);
  }

  /** Lets go of the messages but keeps the stream flowing, so that a peer that still writes is not blocked. */
  #stop(): void {
    this.#callback = undefined;
    this.#stream.off("data", this.#onData);
    this.#stream.resume();
  }
}

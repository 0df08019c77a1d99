import type { Writable } from "node:stream";
import { AbstractMessageWriter, type Message, type MessageWriter } from "vscode-jsonrpc/node";

const WRITTEN = Promise.resolve();

/** Why a message was not sent. */
export interface Refusal {
  kind: "frameTooLarge" | "tooManyRequests" | "connectionClosed";
  message: string;
}

/**
 * Writes messages to a helper: header and body together, and all messages of one tick in one write, where
 * vscode-jsonrpc's own writer makes two writes for each message and waits for the first.
 */
export class HelperMessageWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #stream: Writable;
  readonly #frameLimit: number;
  #refusal: Refusal | undefined;
  #queued = "";
  #isScheduled = false;

  constructor(stream: Writable, frameLimit: number) {
    super();
    this.#stream = stream;
    this.#frameLimit = frameLimit;
    stream.on("error", (error) => this.fireError(error));
    stream.on("close", () => this.fireClose());
  }

  /** Queues a message. Rejects when it can never be sent; `takeRefusal` then says why. */
  write(message: Message): Promise<void> {
    const body = JSON.stringify(message);
    const length = Buffer.byteLength(body);
    this.#refusal = this.#refusalOf(length);
    if (this.#refusal !== undefined) return Promise.reject(new Error(this.#refusal.message));
    this.#queued += `Content-Length: ${length}\r\n\r\n${body}`;
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      // Runs when the promises that are settled now have been followed up, so that their requests go along.
      process.nextTick(this.#flush);
    }
    return WRITTEN;
  }

  /** Why the last message was refused, if it was, told once. */
  takeRefusal(): Refusal | undefined {
    const refusal = this.#refusal;
    this.#refusal = undefined;
    return refusal;
  }

  end(): void {
    this.#flush();
    this.#stream.end();
  }

  readonly #flush = (): void => {
    this.#isScheduled = false;
    const text = this.#queued;
    this.#queued = "";
    if (text !== "" && this.#stream.writable) this.#stream.write(text);
  };

  #refusalOf(length: number): Refusal | undefined {
    if (!this.#stream.writable) return { kind: "connectionClosed", message: "the connection is closed" };
    if (length > this.#frameLimit) {
      const message = `the message of ${length} bytes is above the limit of ${this.#frameLimit} bytes`;
      return { kind: "frameTooLarge", message };
    }
    const waiting = this.#stream.writableLength + this.#queued.length;
    if (waiting <= this.#frameLimit * 2) return undefined;
    return { kind: "tooManyRequests", message: `the helper does not read: ${waiting} bytes wait for it` };
  }
}

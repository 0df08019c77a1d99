import { once } from "node:events";
import { PassThrough } from "node:stream";
import { Connection } from "../../src/connection/connection.js";
import { FrameParser } from "../../src/connection/frameParser.js";
import type { Transport } from "../../src/connection/transport.js";
import { absolutePath } from "../../src/helper/paths.js";
import { openStream } from "../../src/streams/socketStream.js";

export interface Received {
  id?: number;
  method: string;
  params?: Record<string, unknown>;
}

/** A message as it travels. */
export function frame(message: unknown): Buffer {
  const body = Buffer.from(typeof message === "string" ? message : JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** The other end of a connection, in this process and in the test's hands. */
export class MemoryPeer {
  readonly toClient = new PassThrough();
  readonly fromClient = new PassThrough();
  readonly connection: Connection;
  readonly received: Received[] = [];
  /** Whether the connection keeps Node alive. */
  isReferenced = true;
  isKilled = false;
  /** What the connection learns when the channel ends. */
  causeOfEnd = () => new Error("the peer is gone");
  readonly #arrived = new PassThrough({ objectMode: true });

  constructor() {
    const parser = new FrameParser(1 << 26, (bytes, start, end) => {
      this.received.push(JSON.parse(bytes.toString("utf8", start, end)));
      this.#arrived.emit("message");
    });
    this.fromClient.on("data", (chunk: Buffer) => parser.push(chunk));
    const transport: Transport = {
      readable: this.toClient,
      writable: this.fromClient,
      ref: () => {
        this.isReferenced = true;
      },
      unref: () => {
        this.isReferenced = false;
      },
      openStream,
      resolvePath: absolutePath,
      whyEnded: async () => this.causeOfEnd,
      kill: () => {
        this.isKilled = true;
      },
    };
    this.connection = new Connection(transport);
  }

  /** Resolves with the message of this number, counted from 0, once it is there. */
  async message(index: number): Promise<Received> {
    for (;;) {
      const message = this.received[index];
      if (message !== undefined) return message;
      await once(this.#arrived, "message");
    }
  }

  /** Sends messages, all in one piece. */
  send(...messages: object[]): void {
    this.toClient.write(Buffer.concat(messages.map((message) => frame({ jsonrpc: "2.0", ...message }))));
  }

  /** Answers the request of this number, once it is there. */
  async answer(index: number, result: unknown = {}): Promise<void> {
    this.send({ id: (await this.message(index)).id, result });
  }

  async refuse(index: number, error: { code: number; message: string; data?: unknown }): Promise<void> {
    this.send({ id: (await this.message(index)).id, error });
  }
}

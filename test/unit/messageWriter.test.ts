import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { HelperMessageWriter } from "../../src/connection/messageWriter.js";
import { frame } from "../helpers/memoryPeer.js";

/** Collects writes; takes none further while it is held. */
class Sink extends Writable {
  readonly writes: string[] = [];
  readonly #isHeld: boolean;
  constructor(isHeld = false) {
    super();
    this.#isHeld = isHeld;
  }
  override _write(chunk: Buffer, _: BufferEncoding, callback: () => void): void {
    this.writes.push(String(chunk));
    if (!this.#isHeld) callback();
  }
}

const tick = () => new Promise((resolve) => setImmediate(resolve));
const message = (id: number, text = "") => ({ jsonrpc: "2.0", id, method: "m", params: { text } });

describe("HelperMessageWriter", () => {
  it("writes what one tick sends at once, also what follows up on settled promises", async () => {
    const sink = new Sink();
    const writer = new HelperMessageWriter(sink, 1024);
    const resolved = Promise.resolve();
    void resolved.then(() => writer.write(message(2))).then(() => writer.write(message(3)));
    await resolved.then(() => writer.write(message(1)));
    await tick();
    await writer.write(message(4));
    await tick();
    const expected = [message(2), message(1), message(3)].map((it) => String(frame(it))).join("");
    expect(sink.writes).toEqual([expected, String(frame(message(4)))]);
  });

  it("counts the length in bytes", async () => {
    const sink = new Sink();
    await new HelperMessageWriter(sink, 1024).write(message(1, "süß 🎉"));
    await tick();
    expect(sink.writes).toEqual([String(frame(message(1, "süß 🎉")))]);
  });

  it("refuses a message above the limit and sends the next one", async () => {
    const sink = new Sink();
    const writer = new HelperMessageWriter(sink, 200);
    await expect(writer.write(message(1, "x".repeat(200)))).rejects.toThrow("above the limit of 200 bytes");
    expect(writer.takeRefusal()).toMatchObject({ kind: "frameTooLarge" });
    expect(writer.takeRefusal()).toBeUndefined();
    await writer.write(message(2));
    await tick();
    expect(sink.writes).toEqual([String(frame(message(2)))]);
  });

  it("refuses more when too much waits for a peer that does not read", async () => {
    const writer = new HelperMessageWriter(new Sink(true), 1000);
    const attempt = async () => {
      for (let id = 0; id < 100; id++) await writer.write(message(id, "x".repeat(100)));
    };
    await expect(attempt()).rejects.toThrow("the helper does not read");
    expect(writer.takeRefusal()).toMatchObject({ kind: "tooManyRequests" });
  });

  it("refuses everything once the stream is gone", async () => {
    const sink = new Sink();
    sink.destroy();
    await expect(new HelperMessageWriter(sink, 1000).write(message(1))).rejects.toThrow("closed");
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Machine } from "../../src/machines/machine.js";
import { Machines } from "../../src/machines/machines.js";
import { MemoryPeer } from "../helpers/memoryPeer.js";

let folder: string;
let peer: MemoryPeer;
let machine: Machine;
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "vzkit-streams-"));
  peer = new MemoryPeer();
  machine = new Machines(peer.connection).get("m1");
});
afterEach(async () => {
  peer.connection.close(() => new Error("end of test"), true);
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A Unix socket as the helper makes one. */
function serve(name: string, onConnection: (socket: Socket) => void): Promise<string> {
  const file = path.join(folder, name);
  const server = createServer({ allowHalfOpen: true }, onConnection);
  servers.push(server);
  return new Promise((resolve) => server.listen(file, () => resolve(file)));
}

/** What a socket receives; unlike a loop over a plain socket this leaves its other side open. */
function everything(socket: Socket): Promise<string> {
  let received = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk) => {
    received += chunk;
  });
  return new Promise((resolve) => socket.once("end", () => resolve(received)));
}

describe("a console", () => {
  it("delivers output, counts its offset, and carries input", async () => {
    const file = await serve("console", (socket) => {
      socket.write("replayed ");
      socket.on("data", (chunk) => socket.end(`echo ${chunk}`));
    });
    const opening = machine.console.open({ name: "serial0", from: 100 });
    expect((await peer.message(0)).params).toEqual({ machine: "m1", console: "serial0", from: 100 });
    await peer.answer(0, { path: file, offset: 100, endOffset: 109 });
    const console = await opening;
    expect(console).toMatchObject({ offset: 100, endOffset: 109 });
    console.write("input");
    expect(await text(console)).toBe("replayed echo input");
    expect(console.position).toBe(100 + "replayed echo input".length);
  });

  it("whose socket is gone fails with the path", async () => {
    const opening = machine.console.open();
    await peer.answer(0, { path: path.join(folder, "missing"), offset: 0, endOffset: 0 });
    await expect(opening).rejects.toMatchObject({
      kind: "connectionClosed",
      message: expect.stringContaining("missing"),
    });
  });

  it("can be disposed, twice, and its program survives a broken socket", async () => {
    const file = await serve("console", (socket) => socket.destroy());
    const opening = machine.console.open();
    await peer.answer(0, { path: file, offset: 0, endOffset: 0 });
    const console = await opening;
    await console[Symbol.asyncDispose]();
    await console[Symbol.asyncDispose]();
    expect(console.closed).toBe(true);
  });
});

describe("a connection to the guest", () => {
  it("can end one side and read on", async () => {
    const file = await serve("socket", async (socket) => socket.end(`got ${await everything(socket)}`));
    const opening = machine.sockets.connect(1024);
    expect((await peer.message(0)).params).toEqual({ machine: "m1", port: 1024 });
    await peer.answer(0, { path: file });
    const connection = await opening;
    connection.end("everything");
    expect(await text(connection)).toBe("got everything");
  });

  it("stays open for writing after the guest ended its side", async () => {
    let received: Promise<string> | undefined;
    const file = await serve("socket", (socket) => {
      socket.end("first");
      received = everything(socket);
    });
    const opening = machine.sockets.connect(1024);
    await peer.answer(0, { path: file });
    const connection = await opening;
    expect(await text(connection)).toBe("first");
    connection.end("afterwards");
    expect(await received).toBe("afterwards");
  });
});

describe("a loop over a connection", () => {
  it("that is left early destroys it", async () => {
    const file = await serve("socket", (socket) => void socket.write("something"));
    const opening = machine.sockets.connect(1024);
    await peer.answer(0, { path: file });
    const connection = await opening;
    for await (const chunk of connection) {
      expect(String(chunk)).toBe("something");
      break;
    }
    expect(connection.destroyed).toBe(true);
  });
});

describe("a listener", () => {
  const accepted = (file: string, port = 5000) => ({
    method: "socket.accepted",
    params: { machine: "m1", port, sourcePort: 9, path: file },
  });
  const listen = async (index: number, port = 5000) => {
    const listening = machine.sockets.listen(port);
    await peer.answer(index);
    return listening;
  };

  it("iterates over connections, those that came before too, and goes on after a loop was left", async () => {
    const files = await Promise.all(["a", "b", "c"].map((name) => serve(name, (socket) => socket.end(name))));
    const listening = machine.sockets.listen(5000);
    const { id } = await peer.message(0);
    // The guest can be quicker than the answer.
    peer.send(accepted(files[0] ?? ""), { id, result: {} });
    const listener = await listening;
    const seen: string[] = [];
    for await (const connection of listener) {
      seen.push(await text(connection));
      if (seen.length === 1) peer.send(accepted(files[1] ?? ""));
      if (seen.length === 2) break;
    }
    const next = listener.next();
    peer.send(accepted(files[2] ?? ""));
    const { value } = await next;
    if (value !== undefined) seen.push(await text(value));
    expect(seen).toEqual(["a", "b", "c"]);
  });

  it("calls listeners, for what waits first", async () => {
    const file = await serve("a", (socket) => socket.end("hello"));
    const listener = await listen(0);
    peer.send(accepted(file), accepted(file));
    const texts = await new Promise<string[]>((resolve) => {
      const seen: string[] = [];
      setTimeout(() => {
        listener.on("connection", async (connection) => {
          seen.push(await text(connection));
          if (seen.length === 2) resolve(seen);
        });
      }, 50);
    });
    expect(texts).toEqual(["hello", "hello"]);
  });

  it("closes: the guest is refused, what nobody took is closed, a loop ends, twice is fine", async () => {
    const ends: Promise<string>[] = [];
    const file = await serve("a", (socket) => ends.push(everything(socket)));
    const listener = await listen(0);
    const connected = new Promise((resolve) => servers[0]?.once("connection", resolve));
    peer.send(accepted(file));
    await connected;
    const closings = [listener.close(), listener[Symbol.asyncDispose]()];
    expect(await peer.message(1)).toMatchObject({
      method: "socket.stopListening",
      params: { machine: "m1", port: 5000 },
    });
    await peer.answer(1);
    await Promise.all(closings);
    expect(await listener.next()).toEqual({ done: true, value: undefined });
    expect(await Promise.all(ends)).toEqual([""]);
    expect(peer.received).toHaveLength(2);
  });

  it("is replaced by a second one on its port, which it does not disturb", async () => {
    const first = await listen(0);
    const waiting = first.next();
    const second = await listen(1);
    expect(await waiting).toEqual({ done: true, value: undefined });
    await first.close();
    const file = await serve("a", (socket) => socket.end("second"));
    peer.send(accepted(file));
    const { value } = await second.next();
    expect(value && (await text(value))).toBe("second");
    expect(peer.received).toHaveLength(2);
  });

  it("that cannot be made leaves the one before in place", async () => {
    const first = await listen(0);
    const refused = machine.sockets.listen(5000);
    await peer.refuse(1, { code: -32041, message: "no", data: { kind: "invalidState" } });
    await expect(refused).rejects.toMatchObject({ kind: "invalidState" });
    const file = await serve("a", (socket) => socket.end("first"));
    peer.send(accepted(file));
    const { value } = await first.next();
    expect(value && (await text(value))).toBe("first");
  });

  it("fails when the helper dies and keeps Node alive only while it waits", async () => {
    const listener = await listen(0);
    expect(peer.isReferenced).toBe(false);
    const waiting = listener.next();
    expect(peer.isReferenced).toBe(true);
    peer.connection.close(() => new Error("dead"));
    await expect(waiting).rejects.toThrow("dead");
    expect(peer.isReferenced).toBe(false);
    await listener.close();
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Machines } from "../../src/machines/machines.js";
import { MemoryPeer } from "../helpers/memoryPeer.js";

let peer: MemoryPeer;
let machines: Machines;
beforeEach(() => {
  peer = new MemoryPeer();
  machines = new Machines(peer.connection);
});

const closed = (machine: string, reason: string) => ({ method: "window.closed", params: { machine, reason } });

describe("a window", () => {
  async function open(index: number, handle = "m1") {
    const opening = machines.get(handle).displays.openWindow({ title: "Dev", closeBehavior: "stop" });
    expect(await peer.message(index)).toMatchObject({
      method: "window.open",
      params: { machine: handle, title: "Dev", closeBehavior: "stop" },
    });
    await peer.answer(index);
    return opening;
  }

  it("tells that it closed, once, and then closing it is nothing", async () => {
    const window = await open(0);
    const event = window.once("closed");
    peer.send(closed("m2", "user"), closed("m1", "machineStopped"));
    expect(await event).toEqual({ machine: "m1", reason: "machineStopped" });
    await window.close();
    await window[Symbol.asyncDispose]();
    expect(peer.received).toHaveLength(1);
  });

  it("is closed on request, and by leaving its block", async () => {
    const machine = machines.get("m1");
    let window = await open(0);
    const events: string[] = [];
    window.on("closed", ({ reason }) => events.push(reason));
    const closing = window.close();
    expect(await peer.message(1)).toMatchObject({ method: "window.close", params: { machine: "m1" } });
    peer.send(closed("m1", "request"));
    await peer.answer(1);
    await closing;
    expect(events).toEqual(["request"]);
    {
      await using second = await open(2);
      window = second;
      void peer.answer(3);
    }
    expect(peer.received[3]).toMatchObject({ method: "window.close" });
    expect(machines.get("m1")).toBe(machine);
  });

  it("that another took the place of does not close that one", async () => {
    const first = await open(0);
    const second = await open(1);
    await first.close();
    expect(peer.received).toHaveLength(2);
    const event = second.once("closed");
    peer.send(closed("m1", "user"));
    expect(await event).toMatchObject({ reason: "user" });
    await expect(first.once("closed")).rejects.toMatchObject({ kind: "connectionClosed" });
  });

  it("stays the one that it was when another could not be opened", async () => {
    const first = await open(0);
    const refused = machines.get("m1").displays.openWindow();
    await peer.refuse(1, { code: -32048, message: "no GUI", data: { kind: "notSupported" } });
    await expect(refused).rejects.toMatchObject({ kind: "notSupported" });
    const event = first.once("closed");
    peer.send(closed("m1", "user"));
    expect(await event).toMatchObject({ reason: "user" });
  });

  it("ends with the helper, and closing it then is no error", async () => {
    const window = await open(0);
    const event = window.once("closed");
    peer.connection.close(() => new Error("the helper is gone"));
    await expect(event).rejects.toThrow("the helper is gone");
    await window.close();
  });
});

describe("a screenshot", () => {
  let folder: string;
  let server: Server;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-unit-"));
  });
  afterEach(async () => {
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function offer(bytes: Buffer): Promise<string> {
    const path = join(folder, "s1");
    server = createServer((socket) => socket.end(bytes));
    await new Promise<void>((listening) => server.listen(path, listening));
    return path;
  }

  it("is fetched from the socket that the helper names", async () => {
    const png = Buffer.from("bytes of a picture");
    const path = await offer(png);
    const shot = machines.get("m1").displays.screenshot({ display: 1, timeout: 3 });
    expect(await peer.message(0)).toMatchObject({
      method: "display.screenshot",
      params: { machine: "m1", display: 1, timeout: 3 },
    });
    await peer.answer(0, { path, width: 2, height: 1, size: png.length });
    expect(await shot).toEqual(png);
  });

  it("is not taken for whole when it is cut short", async () => {
    const path = await offer(Buffer.from("half"));
    const shot = machines.get("m1").displays.screenshot();
    await peer.answer(0, { path, width: 2, height: 1, size: 8 });
    await expect(shot).rejects.toMatchObject({
      kind: "connectionClosed",
      message: expect.stringContaining("4 of 8 bytes"),
    });
  });

  it("goes to a file of this process's folder", async () => {
    const shot = machines.get("m1").displays.screenshot({ to: "screen.png", overwrite: true });
    const path = resolve("screen.png");
    expect(await peer.message(0)).toMatchObject({ params: { machine: "m1", to: path, overwrite: true } });
    const result = { path, width: 2, height: 1, size: 8 };
    await peer.answer(0, result);
    expect(await shot).toEqual(result);
  });
});

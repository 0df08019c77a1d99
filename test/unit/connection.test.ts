import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  AbortError,
  ConnectionClosedError,
  ProtocolViolationError,
  RequestError,
  TimeoutError,
} from "../../src/base/errors.js";
import { frame, MemoryPeer } from "../helpers/memoryPeer.js";

let peer: MemoryPeer;
beforeEach(() => {
  peer = new MemoryPeer();
});
afterEach(() => {
  vi.useRealTimers();
});

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("should have failed"),
    (error: unknown) => error,
  );
const diskParams = { path: "/disk.img", size: 512 };

describe("a request", () => {
  it("travels as JSON-RPC with its params, or without any", async () => {
    void peer.connection.request("machine.start", { machine: "m1" });
    void peer.connection.request("ping");
    expect(await peer.message(0)).toEqual({
      jsonrpc: "2.0",
      id: expect.any(Number),
      method: "machine.start",
      params: { machine: "m1" },
    });
    expect(await peer.message(1)).toEqual({ jsonrpc: "2.0", id: expect.any(Number), method: "ping" });
  });

  it("gets its own answer, whatever the order, and keeps what it does not know", async () => {
    const first = peer.connection.request("balloon.target", { machine: "m1" });
    const second = peer.connection.request("balloon.target", { machine: "m2" });
    await peer.answer(1, { memorySize: 2 });
    await peer.answer(0, { memorySize: 1, later: "addition" });
    expect(await first).toEqual({ memorySize: 1, later: "addition" });
    expect(await second).toEqual({ memorySize: 2 });
  });

  it("fails with the helper's error, its kind, hint, path and Apple's chain, on the stack of the caller", async () => {
    const apple = {
      domain: "VZErrorDomain",
      code: 2,
      description: "Invalid.",
      underlying: { domain: "NSPOSIXErrorDomain", code: 2, description: "No such file" },
    };
    async function callerOfTheTest(): Promise<unknown> {
      return peer.connection.request("machine.start", { machine: "m1" });
    }
    const failure = failureOf(callerOfTheTest());
    await peer.refuse(0, {
      code: -32040,
      message: "cpuCount is 0",
      data: { kind: "invalidConfiguration", apple, path: "params.machine" },
    });
    const error = (await failure) as RequestError;
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({
      kind: "invalidConfiguration",
      code: -32040,
      message: "cpuCount is 0",
      method: "machine.start",
      path: "params.machine",
      apple,
    });
    expect(error.hint).toBe("Correct what the message names.");
    expect(error.stack).toMatch(/^RequestError: cpuCount is 0\n\s+at .*callerOfTheTest.*connection\.test\.ts/);
  });

  it("that is quick fails on the stack of who awaits it", async () => {
    async function awaiterOfTheTest(): Promise<unknown> {
      return await peer.connection.request("machine.state", { machine: "m1" });
    }
    const failure = failureOf(awaiterOfTheTest());
    await peer.refuse(0, { code: -32010, message: "no such machine", data: { kind: "machineNotFound" } });
    expect(((await failure) as Error).stack).toMatch(
      /^RequestError: no such machine\n[\s\S]*awaiterOfTheTest.*connection\.test\.ts/,
    );
  });

  it("tells the kind of an error by its code when the helper does not, and survives odd data", async () => {
    const first = failureOf(peer.connection.request("ping"));
    const second = failureOf(peer.connection.request("ping"));
    await peer.refuse(0, { code: -32601, message: "no such method" });
    await peer.refuse(1, { code: -1, message: "odd", data: { kind: 7, apple: "none" } });
    expect(await first).toMatchObject({ kind: "methodNotFound" });
    expect(await second).toMatchObject({ kind: "internalError", code: -1, apple: undefined });
  });

  it.each([
    [
      "an unknown key",
      { machine: "m", paused: true, nope: 1 },
      /machine\.start.*unknown key `params\.nope`/,
      "params.nope",
    ],
    ["a wrong type", { machine: 7 }, /machine\.start.*`params\.machine`/, "params.machine"],
    ["a missing key", {}, /`params\.machine`/, "params.machine"],
    ["no params", undefined, /Invalid params of machine\.start/, "params"],
  ])("with %s is refused here, by name, and not sent", async (_, params, message, path) => {
    const error = await failureOf(peer.connection.request("machine.start", params as never));
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ kind: "invalidParams", code: -32602, message: expect.stringMatching(message), path });
    expect(peer.received).toEqual([]);
  });

  it("fails with an error whose name stays when a bundler renames its class, and can be changed", async () => {
    const error = (await failureOf(peer.connection.request("machine.fly" as "ping"))) as RequestError;
    expect(error.name).toBe("RequestError");
    expect(Object.keys(error)).not.toContain("name");
    error.name = "Renamed";
    expect(String(error)).toMatch(/^Renamed: /);
  });

  it("names the path of a wrong type deep inside", async () => {
    const configuration = {
      cpuCount: 1,
      memorySize: 1,
      bootLoader: { kind: "linux", kernelPath: "/k" },
      storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: ["relative"] } }],
    };
    expect(await failureOf(peer.connection.request("machine.create", { configuration } as never))).toMatchObject({
      path: "params.configuration.storageDevices[0].attachment.path",
    });
  });

  it("of a method that does not exist, or with params that it does not take, is refused here", async () => {
    expect(await failureOf(peer.connection.request("machine.fly" as "ping"))).toMatchObject({ kind: "methodNotFound" });
    expect(await failureOf(peer.connection.request("ping", { a: 1 } as never))).toMatchObject({ path: "params.a" });
  });

  it("fails when the answer does not have the shape of its result", async () => {
    const failure = failureOf(peer.connection.request("balloon.target", { machine: "m" }));
    await peer.answer(0, { memorySize: "much" });
    expect(await failure).toBeInstanceOf(ProtocolViolationError);
    expect(String(await failure)).toMatch(/an answer to balloon\.target with `memorySize`/);
  });

  it("above the frame limit is refused here with its kind", async () => {
    const params = { machine: "m", console: "x".repeat((64 << 20) + 1) };
    expect(await failureOf(peer.connection.request("console.attach", params))).toMatchObject({ kind: "frameTooLarge" });
  });
});

describe("cancelling", () => {
  it("asks the helper, waits for its word and rejects with the signal's reason as cause", async () => {
    const controller = new AbortController();
    const failure = failureOf(peer.connection.request("disk.create", diskParams, { signal: controller.signal }));
    const { id } = await peer.message(0);
    controller.abort("enough");
    expect(await peer.message(1)).toMatchObject({ method: "$/cancelRequest", params: { id } });
    await peer.refuse(0, { code: -32800, message: "cancelled" });
    const error = await failure;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ name: "AbortError", kind: "requestCancelled", cause: "enough" });
  });

  it("too late gets the result", async () => {
    const controller = new AbortController();
    const result = peer.connection.request("disk.create", diskParams, { signal: controller.signal });
    await peer.message(0);
    controller.abort();
    await peer.answer(0, diskParams);
    expect(await result).toEqual(diskParams);
  });

  it("is given up after five seconds without an answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const controller = new AbortController();
    const failure = failureOf(peer.connection.request("disk.create", diskParams, { signal: controller.signal }));
    await peer.message(0);
    controller.abort();
    vi.advanceTimersByTime(5000);
    expect(await failure).toBeInstanceOf(AbortError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("before the call sends nothing", async () => {
    const failure = failureOf(peer.connection.request("ping", undefined, { signal: AbortSignal.abort() }));
    expect(await failure).toBeInstanceOf(AbortError);
    expect(peer.received).toEqual([]);
  });

  it("leaves no listener on a signal that outlives the request", async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, "removeEventListener");
    const add = vi.spyOn(signal, "addEventListener");
    const result = peer.connection.request("ping", undefined, { signal });
    await peer.answer(0);
    await result;
    expect(add).toHaveBeenCalledTimes(1);
    expect(remove).toHaveBeenCalledTimes(1);
  });
});

describe("a time limit", () => {
  it("is the method's own, names the option, and cancels", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const failure = failureOf(peer.connection.request("machine.pause", { machine: "m" }));
    await peer.message(0);
    vi.advanceTimersByTime(59_999);
    expect(peer.received).toHaveLength(1);
    vi.advanceTimersByTime(1);
    const error = await failure;
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ seconds: 60, message: "machine.pause got no answer within 60 s" });
    expect((error as TimeoutError).hint).toContain("`timeout`");
    expect(await peer.message(1)).toMatchObject({ method: "$/cancelRequest" });
  });

  it("can be set, lifted, and longer than Node's longest timer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const short = failureOf(peer.connection.request("ping", undefined, { timeout: 1 }));
    const none = peer.connection.request("ping", undefined, { timeout: null });
    const long = peer.connection.request("ping", undefined, { timeout: 1e9 });
    await peer.message(2);
    vi.advanceTimersByTime(24 * 3600 * 1000);
    expect(await short).toMatchObject({ seconds: 1 });
    await peer.answer(1);
    await peer.answer(2);
    expect(await Promise.all([none, long])).toEqual([{}, {}]);
  });
});

describe("progress", () => {
  it("reaches its own call, checked, until the call is settled", async () => {
    const seen: unknown[] = [];
    const result = peer.connection.request("disk.create", diskParams, { onProgress: (it) => seen.push(it) });
    const token = (await peer.message(0)).params?.progressToken;
    const report = (completed: number) => ({
      method: "$/progress",
      params: { token, value: { completed, total: 512 } },
    });
    peer.send(report(1), { method: "$/progress", params: { token: "other", value: 0 } }, report(2));
    await peer.answer(0, diskParams);
    await result;
    peer.send(report(3));
    const ping = peer.connection.request("ping");
    await peer.answer(1);
    await ping;
    expect(seen).toEqual([
      { completed: 1, total: 512 },
      { completed: 2, total: 512 },
    ]);
  });
});

describe("events", () => {
  const change = { machine: "m", state: "running", previousState: "starting" };

  it("that were sent before an answer are told before it", async () => {
    const order: string[] = [];
    peer.connection.events.add("machine.stateChanged", ({ state }) => order.push(state));
    const started = peer.connection.request("machine.start", { machine: "m" }).then(() => order.push("answer"));
    const { id } = await peer.message(0);
    const tell = (state: string) => ({ method: "machine.stateChanged", params: { ...change, state } });
    peer.send(tell("starting"), tell("running"), { id, result: {} });
    await started;
    expect(order).toEqual(["starting", "running", "answer"]);
  });

  it("of a newer helper are passed over", async () => {
    peer.send({ method: "machine.dreamt", params: { of: "sheep" } });
    const ping = peer.connection.request("ping");
    await peer.answer(0);
    expect(await ping).toEqual({});
  });
});

describe("a broken channel", () => {
  it("fails every pending and later call, each on its own stack", async () => {
    peer.causeOfEnd = () => new ConnectionClosedError("gone");
    const failures = [1, 2].map(() => failureOf(peer.connection.request("ping")));
    await peer.message(1);
    peer.toClient.end();
    const errors = await Promise.all(failures);
    for (const error of errors) expect(error).toMatchObject({ message: "gone" });
    expect(errors[0]).not.toBe(errors[1]);
    expect(await failureOf(peer.connection.request("ping"))).toMatchObject({ message: "gone" });
    expect(peer.received).toHaveLength(2);
  });

  it.each([
    ["stray output", "Starting up...\n", /"Starting up/],
    ["no JSON", frame("{nope}"), /not JSON/],
    ["a bare number", frame("7"), /no object/],
    [
      "an answer to nobody",
      frame({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "?" } }),
      /names no request/,
    ],
    ["an answer without a result", frame({ jsonrpc: "2.0", id: 0 }), /neither an answer/],
    ["an error without a code", frame({ jsonrpc: "2.0", id: 0, error: { message: "?" } }), /neither an answer/],
    [
      "an event of the wrong shape",
      frame({ jsonrpc: "2.0", method: "machine.stopped", params: { machine: 1 } }),
      /machine\.stopped/,
    ],
  ])("by %s fails every call with the bytes, and cuts the channel", async (_, bytes, message) => {
    const failure = failureOf(peer.connection.request("ping"));
    await peer.message(0);
    peer.toClient.write(bytes);
    const error = await failure;
    expect(error).toBeInstanceOf(ProtocolViolationError);
    expect(String(error)).toMatch(message);
    expect(peer.isKilled).toBe(true);
    expect(await failureOf(peer.connection.request("ping"))).toBeInstanceOf(ProtocolViolationError);
  });
});

describe("keeping Node alive", () => {
  it("is for requests under way, not for an idle client or its listeners", async () => {
    expect(peer.isReferenced).toBe(false);
    peer.connection.events.add("machine.stopped", () => {});
    expect(peer.isReferenced).toBe(false);
    const calls = [peer.connection.request("ping"), peer.connection.request("ping")];
    expect(peer.isReferenced).toBe(true);
    await peer.answer(0);
    await calls[0];
    expect(peer.isReferenced).toBe(true);
    await peer.refuse(1, { code: -1, message: "no" });
    await failureOf(calls[1] as Promise<unknown>);
    expect(peer.isReferenced).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { type Helper, HelperExitError, launchHelper, ProtocolViolationError } from "../../src/index.js";
import { gone, isRunning } from "../helpers/processes.js";
import { peer } from "../helpers/programs.js";

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("should have failed"),
    (error: unknown) => error as Error & Record<string, unknown>,
  );

const start = (helper: Helper) => helper.request("machine.start", { machine: "m1" }, { timeout: null });

describe("when the helper dies", () => {
  it("every pending call and wait rejects with how and why, and later calls too", async () => {
    await using helper = await launchHelper(peer("forever"));
    const machine = helper.machines.get("m1");
    const events = machine.events("stateChanged");
    const pending = [
      start(helper),
      machine.pause(),
      machine.once("stopped"),
      machine.waitUntilStopped(),
      events.next(),
    ];
    const failures = pending.map(failureOf);
    await helper.ping();
    process.kill(helper.info.helper.processIdentifier, "SIGKILL");
    for (const failure of await Promise.all(failures)) {
      expect(failure).toBeInstanceOf(HelperExitError);
      expect(failure).toMatchObject({ exitCode: null, signal: "SIGKILL", stderr: [] });
    }
    expect(await failureOf(helper.ping())).toBeInstanceOf(HelperExitError);
    expect(await failureOf(machine.once("stopped"))).toBeInstanceOf(HelperExitError);
    await machine.dispose();
  });

  it("a client that only listens is told, with the same error", async () => {
    await using helper = await launchHelper(peer("forever"));
    const closed = new Promise<Error | undefined>((resolve) => helper.on("closed", ({ error }) => resolve(error)));
    process.kill(helper.info.helper.processIdentifier, "SIGKILL");
    expect(await closed).toMatchObject({ kind: "helperExited", signal: "SIGKILL" });
  });

  it("each error has the stack of its own call", async () => {
    await using helper = await launchHelper(peer("dies-mid-frame"));
    async function oneCaller() {
      await start(helper);
    }
    async function otherCaller() {
      await helper.machines.list();
    }
    const [one, other] = await Promise.all([failureOf(oneCaller()), failureOf(otherCaller())]);
    expect(one.stack).toContain("oneCaller");
    expect(other.stack).toContain("otherCaller");
  });

  it("in the middle of a message, its exit code and last words are told", async () => {
    await using helper = await launchHelper(peer("dies-mid-frame"));
    expect(await failureOf(start(helper))).toMatchObject({ exitCode: 3, signal: null, stderr: ["out of luck"] });
  });

  it("and a child of it holds its pipes open, nobody waits for that child", async () => {
    await using helper = await launchHelper(peer("leaves-a-child"));
    const failure = await failureOf(start(helper));
    expect(failure).toMatchObject({ signal: "SIGKILL", stderr: [expect.stringMatching(/^leaving child \d+ behind$/)] });
    const child = Number(/\d+/.exec(failure.message)?.[0]);
    // Had anybody waited for it, it would be gone.
    expect(await isRunning(child)).toBe(true);
    process.kill(child);
  });
});

describe("when the helper breaks the protocol", () => {
  it("by a print, every call shows what was printed and the process is ended", async () => {
    await using helper = await launchHelper(peer("noisy-later"));
    const failure = await failureOf(start(helper));
    expect(failure).toBeInstanceOf(ProtocolViolationError);
    expect(failure.message).toContain('"a forgotten print\\n"');
    await gone(helper.info.helper.processIdentifier);
  });

  it("by closing its output, it is ended", async () => {
    await using helper = await launchHelper(peer("closes-stdout"));
    expect(await failureOf(start(helper))).toMatchObject({ signal: "SIGKILL" });
    expect(await isRunning(helper.info.helper.processIdentifier)).toBe(false);
  });
});

describe("closing", () => {
  it("ends the process in order, and twice is fine", async () => {
    const helper = await launchHelper(peer("forever"));
    const ended = failureOf(helper.once("machine.stopped"));
    const events = helper.events("machine.stopped");
    const closed = helper.once("closed");
    await Promise.all([helper.close(), helper.close(), helper[Symbol.asyncDispose]()]);
    expect(await isRunning(helper.info.helper.processIdentifier)).toBe(false);
    expect(await failureOf(helper.ping())).toMatchObject({ kind: "connectionClosed" });
    expect(await closed).toEqual({ error: undefined });
    expect(await ended).toMatchObject({ kind: "connectionClosed" });
    expect(await events.next()).toEqual({ done: true, value: undefined });
    await helper.close();
  });

  it("ends a process that ignores the request, the end of its input and SIGTERM", async () => {
    const helper = await launchHelper({ ...peer("ignores-sigterm"), shutdownGrace: 0 });
    await helper.close();
    expect(await isRunning(helper.info.helper.processIdentifier)).toBe(false);
  });

  it("fails what is still pending", async () => {
    const helper = await launchHelper(peer("forever"));
    const failure = failureOf(start(helper));
    await helper.close();
    expect(await failure).toBeInstanceOf(Error);
  });
});

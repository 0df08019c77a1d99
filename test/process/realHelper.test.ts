import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Helper,
  HelperExitError,
  type HostDescribeResult,
  launchHelper,
  type MachineConfiguration,
  PROTOCOL_HASH,
} from "../../src/index.js";
import { helperPath } from "../helpers/helperPath.js";
import { frame } from "../helpers/memoryPeer.js";
import { gone, isRunning } from "../helpers/processes.js";
import { startProgram } from "../helpers/programs.js";

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("should have failed"),
    (error: unknown) => error as Error & Record<string, unknown>,
  );

describe("the helper, through the client", () => {
  let helper: Helper;
  beforeEach(async () => {
    helper = await launchHelper();
  });
  afterEach(() => helper[Symbol.asyncDispose]());

  it("was built from the same protocol and describes its host", async () => {
    expect(helper.info).toMatchObject({ protocolVersion: "1.0", protocolHash: PROTOCOL_HASH });
    const described: HostDescribeResult = await helper.host.describe();
    expect(described.host).toEqual(helper.info.host);
    expect(described.limits).toEqual(helper.info.limits);
  });

  it("answers a thousand requests that are in flight together", async () => {
    const answers = await Promise.all(Array.from({ length: 1000 }, () => helper.request("ping", {})));
    expect(answers).toEqual(Array(1000).fill({}));
  });

  it("names a method that it does not know", async () => {
    const failure = await failureOf(helper.requestUnchecked("machine.fly" as "ping"));
    expect(failure).toMatchObject({
      kind: "methodNotFound",
      code: -32601,
      message: expect.stringContaining("machine.fly"),
    });
  });

  const configuration = (more: object) =>
    ({
      cpuCount: 1,
      memorySize: 1 << 28,
      bootLoader: { kind: "linux", kernelPath: "/k" },
      ...more,
    }) as MachineConfiguration;

  it.each([
    [
      "a wrong type deep inside",
      configuration({ storageDevices: [{ kind: "virtioBlock", attachment: { kind: "diskImage", path: 7 } }] }),
      "configuration.storageDevices[0].attachment.path",
    ],
    ["an unknown key", configuration({ cpus: 2 }), "configuration.cpus"],
    [
      "an unknown key deep inside",
      configuration({ bootLoader: { kind: "linux", kernelPath: "/k", speed: 2 } }),
      "configuration.bootLoader.speed",
    ],
  ])("refuses %s with the same path as the client", async (_, bad, path) => {
    const byHelper = await failureOf(helper.requestUnchecked("machine.validate", { configuration: bad }));
    expect(byHelper).toMatchObject({ kind: "invalidParams", path: `params.${path}` });
    const byClient = await failureOf(helper.machines.validate(bad));
    expect(byClient).toMatchObject({ kind: "invalidParams", path: `params.${path}` });
  });

  it("killed by SIGKILL fails what is pending at once", async () => {
    const pid = helper.info.helper.processIdentifier;
    // Stopped, it cannot answer before it dies.
    process.kill(pid, "SIGSTOP");
    const pending = [helper.ping(), helper.machines.list(), helper.host.describe()].map(failureOf);
    process.kill(pid, "SIGKILL");
    for (const failure of await Promise.all(pending)) {
      expect(failure).toBeInstanceOf(HelperExitError);
      expect(failure).toMatchObject({ signal: "SIGKILL", exitCode: null });
    }
  });

  it("closed by the client ends in order", async () => {
    await helper.close();
    expect(await isRunning(helper.info.helper.processIdentifier)).toBe(false);
  });
});

describe("the helper, and programs that end", () => {
  it.each(["idle", "open"])("does not outlive the program `%s`", async (name) => {
    const program = startProgram(name, { path: helperPath() });
    const pid = Number(await program.line());
    expect(pid).toBeGreaterThan(0);
    if (name === "open") program.kill("SIGKILL");
    await program.exit;
    await gone(pid);
  });
});

describe("the helper, given what is not the protocol", () => {
  const describeRequest = { jsonrpc: "2.0", id: 7, method: "host.describe" };

  /** Everything the helper answers to these bytes, until it ends. */
  async function answersTo(input: Buffer | string): Promise<string> {
    const { stdout } = await execa(helperPath(), { input: Buffer.from(input), timeout: 30_000, reject: false });
    return stdout;
  }

  it("speaks newline-delimited JSON when it begins with a brace", async () => {
    const answer = JSON.parse(await answersTo(`${JSON.stringify(describeRequest)}\n`));
    expect(answer).toMatchObject({ jsonrpc: "2.0", id: 7, result: { host: { os: expect.any(String) } } });
  });

  it.each([
    ["words", "hello helper, how are you\n"],
    ["half a header", "Content-Le"],
    ["a message of 10 GB", "Content-Length: 10000000000\r\n\r\n"],
    ["a length that is no number", "Content-Length: many\r\n\r\n{}"],
    ["half a message", Buffer.from(frame(describeRequest).subarray(0, 40))],
    ["every byte there is", Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ["nothing", ""],
  ])("ends by itself after %s, and answers no request that was not made", async (_, input) => {
    const answers = await answersTo(input);
    expect(answers).not.toContain('"result"');
  });

  it("answers names that are half characters with an error, and the next request as well", async () => {
    const halves = '{"jsonrpc":"2.0","id":6,"method":"initialize","params":{"\\ud800":1}}';
    const answers = await answersTo(Buffer.concat([frame(halves), frame(describeRequest)]));
    expect(answers).toContain("params cannot be read: half a surrogate pair in a string at byte 2");
    expect(answers).toMatch(/"id":7,"result"/);
  });

  it("answers what is no JSON with an error, and the next request as well", async () => {
    const answers = await answersTo(Buffer.concat([frame("{nope"), frame(describeRequest)]));
    expect(answers).toContain("-32700");
    expect(answers).toMatch(/"id":7/);
  });
});

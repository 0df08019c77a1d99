import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  AbortError,
  HelperExitError,
  HelperLaunchError,
  HelperNotFoundError,
  HelperVersionError,
  launchHelper,
  ProtocolViolationError,
  TimeoutError,
} from "../../src/index.js";
import { VERSION } from "../../src/protocol/version.generated.js";
import { childrenOf } from "../helpers/processes.js";
import { peer } from "../helpers/programs.js";

const failureOf = (launch: Promise<unknown>) =>
  launch.then(
    () => expect.unreachable("should have failed"),
    (error: unknown) => error as Error & Record<string, unknown>,
  );

/** The beginning of a program of Linux for a processor. */
function elf(machine: number): Buffer {
  const bytes = Buffer.from("\x7fELF\x02\x01\x01".padEnd(20, "\0"), "latin1");
  bytes.writeUInt16LE(machine, 18);
  return bytes;
}

/** The beginning of a program of macOS for Apple processors. */
function machO(): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt32LE(0xfeed_facf, 0);
  bytes.writeUInt32LE(0x0100_000c, 4);
  return bytes;
}

describe("launching a helper", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-launch-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(async () => {
    vi.unstubAllEnvs();
    // Whatever went wrong, nothing is left running.
    expect(await childrenOf(process.pid)).toEqual([]);
  });

  it("that fits shakes hands and tells of its host", async () => {
    await using helper = await launchHelper(peer("forever"));
    expect(helper.info).toMatchObject({ protocolVersion: "1.0", helper: { version: VERSION }, host: { os: "none" } });
    await helper.ping();
  });

  it("finds it by VZKIT_HELPER", async () => {
    vi.stubEnv("VZKIT_HELPER", process.execPath);
    await using helper = await launchHelper({ args: peer("forever").args });
    await helper.ping();
  });

  it("hands on arguments and environment", async () => {
    vi.stubEnv("NODE_OPTIONS", "--no-such-option");
    const failure = await failureOf(launchHelper(peer("forever")));
    expect(failure).toBeInstanceOf(HelperExitError);
    await using helper = await launchHelper({ ...peer("forever"), env: { NODE_OPTIONS: undefined } });
    await helper.ping();
  });

  it.each([
    ["does not exist", "missing", /named by the option `path`, does not exist/],
    ["is a folder", "", /is not a file/],
    ["is not executable", "plain", /is not executable/],
  ])("by a path that %s says so", async (_, name, message) => {
    await writeFile(path.join(folder, "plain"), "");
    const failure = await failureOf(launchHelper({ path: path.join(folder, name) }));
    expect(failure).toBeInstanceOf(HelperNotFoundError);
    expect(failure.message).toMatch(message);
  });

  it("that the system cannot run says so", async () => {
    const file = path.join(folder, "other-system");
    await writeFile(file, "#!/nowhere/interpreter\n", { mode: 0o755 });
    const failure = await failureOf(launchHelper({ path: file }));
    expect(failure).toBeInstanceOf(HelperLaunchError);
    expect(failure.message).toContain(file);
    expect(failure.hint).toContain("interpreter");
  });

  it.each([
    ["is empty", Buffer.alloc(0), /is empty/],
    ["is a text", Buffer.from("echo this is no script for a helper\n"), /is not a program/],
    ["is cut off", Buffer.from("\x7fELF"), /is not a program/],
    [
      "is of another processor",
      elf(process.arch === "arm64" ? 0x3e : 0xb7),
      /was built for ((x64|arm64) processors|Linux)/,
    ],
    ["is of another system", process.platform === "darwin" ? elf(0x3e) : machO(), /was built for (Linux|macOS)/],
  ])("that %s is not given to a shell", async (_, bytes, message) => {
    const file = path.join(folder, "program");
    await writeFile(file, bytes, { mode: 0o755 });
    const failure = await failureOf(launchHelper({ path: file }));
    expect(failure).toBeInstanceOf(HelperLaunchError);
    expect(failure.message).toMatch(message);
  });

  it("that dies at once tells its exit code and last words", async () => {
    const failure = await failureOf(launchHelper(peer("dies-at-once")));
    expect(failure).toBeInstanceOf(HelperExitError);
    expect(failure).toMatchObject({ exitCode: 7, signal: null, stderr: ["warming up", "no entitlement"] });
    expect(failure.message).toBe("The helper exited with status 7; its last words:\n  warming up\n  no entitlement");
  });

  it("that does not answer is given up and ended", async () => {
    const failure = await failureOf(launchHelper({ ...peer("silent"), timeout: 1 }));
    expect(failure).toBeInstanceOf(TimeoutError);
    expect(failure.message).toBe("initialize got no answer within 1 s");
  });

  it("that prints to standard output is refused with what it printed", async () => {
    const failure = await failureOf(launchHelper(peer("noisy-stdout")));
    expect(failure).toBeInstanceOf(ProtocolViolationError);
    expect(failure.message).toContain('"Starting up, please wait\\n');
  });

  it("of an older protocol is refused with both versions and the remedy", async () => {
    const failure = await failureOf(launchHelper(peer("old-version")));
    expect(failure).toBeInstanceOf(HelperVersionError);
    expect(failure.message).toMatch(/speaks protocol 0\.9, this client 1\.0/);
    expect(failure["hint"]).toContain("reinstall");
  });

  it("of another release is refused, unless that is wanted", async () => {
    const failure = await failureOf(launchHelper(peer("other-release")));
    expect(failure).toBeInstanceOf(HelperVersionError);
    expect(failure.message).toContain(`version 99.0.0, this client ${VERSION}`);
    vi.stubEnv("VZKIT_ANY_HELPER_VERSION", "1");
    const helper = await launchHelper(peer("other-release"));
    await helper.ping();
    await helper[Symbol.asyncDispose]();
  });

  it("can be aborted, before and while it shakes hands", async () => {
    expect(await failureOf(launchHelper({ ...peer("silent"), signal: AbortSignal.abort() }))).toBeInstanceOf(
      AbortError,
    );
    const failure = await failureOf(launchHelper({ ...peer("silent"), signal: AbortSignal.timeout(300) }));
    expect(failure).toBeInstanceOf(AbortError);
    expect(failure.cause).toMatchObject({ name: "TimeoutError" });
  });

  it.each([
    [{ pth: "x" }, /Invalid options of launchHelper\(\): unknown key `pth`/],
    [{ shutdownGrace: 601 }, /`shutdownGrace`/],
    [{ stderr: "loud" }, /`stderr`/],
  ])("with the options %j is refused", async (options, message) => {
    expect((await failureOf(launchHelper(options as never))).message).toMatch(message);
  });

  it("gives each line of the helper's log to who wants it", async () => {
    const lines: string[] = [];
    await failureOf(launchHelper({ ...peer("dies-at-once"), stderr: (line) => lines.push(line) }));
    expect(lines).toEqual(["warming up", "no entitlement"]);
  });
});

import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Diagnosis, DoctorFact } from "../../src/cli/doctor.js";
import { VERSION } from "../../src/protocol/version.generated.js";

const entry = fileURLToPath(new URL("../../scripts/vzkit.mjs", import.meta.url));

/** Runs the real command against the real helper. */
async function vzkit(args: string[], env: Record<string, string> = {}) {
  const { stdout, stderr, exitCode } = await execa(process.execPath, [entry, ...args], {
    env,
    reject: false,
    stdin: "ignore",
  });
  return { stdout, stderr, exitCode };
}

async function diagnosis(args: string[] = [], env: Record<string, string> = {}) {
  const { stdout, stderr, exitCode } = await vzkit(["doctor", "--json", ...args], env);
  expect(stderr).toBe("");
  const { facts, runningMacs } = JSON.parse(stdout) as Diagnosis;
  return { facts, runningMacs, exitCode, fact: (id: DoctorFact["id"]) => facts.find((fact) => fact.id === id) };
}

const ids = [
  "helper",
  "processor",
  "operatingSystem",
  "virtualization",
  "entitlement",
  "guiSession",
  "loginKeychain",
  "localNetwork",
  "freeSpace",
  "virtualMacs",
  "accelerator",
  "qemu",
  "virtiofsd",
  "standInMac",
];

describe("vzkit doctor", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-doctor-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("finds each fact, a remedy for whatever is wrong, and exits with 1 only for a problem", async () => {
    const { facts, exitCode } = await diagnosis();
    expect(facts.map(({ id }) => id)).toEqual(ids);
    for (const { status, finding, remedy } of facts) {
      expect(finding).not.toBe("");
      expect(["ok", "warning", "problem", "unknown", "notApplicable"]).toContain(status);
      if (status === "warning" || status === "problem") expect(remedy).toBeTruthy();
    }
    expect(exitCode).toBe(facts.some(({ status }) => status === "problem") ? 1 : 0);
  });

  it("prints a line for each, without colours where there is no terminal", async () => {
    const { stdout, stderr } = await vzkit(["doctor", "--folder", folder]);
    expect(stderr).toBe("");
    expect(stdout).not.toContain("\u001b");
    const lines = stdout.split("\n").filter((line) => /^[✔!✘?–] /u.test(line));
    expect(lines).toHaveLength(ids.length);
    expect(stdout).toContain(`are free in ${folder}`);
    expect(stdout).toMatch(/\n(No problem|\d+ problems?: )/);
  });

  it.skipIf(process.platform !== "linux")(
    "says what to do about a QEMU that is missing (Linux hosts only)",
    async () => {
      const { fact, exitCode } = await diagnosis([], { VZKIT_QEMU: "/nowhere/qemu" });
      expect(exitCode).toBe(1);
      expect(fact("qemu")).toMatchObject({ status: "problem", finding: expect.stringContaining("/nowhere/qemu") });
      expect(fact("qemu")?.remedy).toContain("unset");
      expect(fact("virtualization")).toMatchObject({ status: "problem" });
      expect(fact("accelerator")).toMatchObject({ status: "notApplicable" });
    },
  );

  it.skipIf(process.platform !== "linux")("says what is not QEMU (Linux hosts only)", async () => {
    const { fact, exitCode } = await diagnosis([], { VZKIT_QEMU: "/bin/true" });
    expect(exitCode).toBe(1);
    expect(fact("qemu")).toMatchObject({ status: "problem", finding: expect.stringContaining("/bin/true") });
  });

  it.skipIf(process.platform !== "linux")("warns of what only some guests need (Linux hosts only)", async () => {
    const { fact } = await diagnosis([], { VZKIT_VIRTIOFSD: "/nowhere/virtiofsd", VZKIT_ACCELERATOR: "tcg" });
    expect(fact("virtiofsd")).toMatchObject({
      status: "warning",
      finding: expect.stringContaining("/nowhere/virtiofsd"),
    });
    expect(fact("accelerator")).toMatchObject({
      status: "warning",
      remedy: expect.stringContaining("Unset VZKIT_ACCELERATOR"),
    });
  });

  it.skipIf(process.platform !== "linux")("shows that virtual Macs are stand-ins (Linux hosts only)", async () => {
    const off = await diagnosis([], { VZKIT_STANDIN_MAC: "" });
    expect(off.fact("standInMac")).toMatchObject({ status: "notApplicable" });
    expect(off.fact("virtualMacs")).toMatchObject({ status: "notApplicable" });
    const on = await diagnosis([], { VZKIT_STANDIN_MAC: "1" });
    expect(on.fact("standInMac")).toMatchObject({ status: "warning", finding: expect.stringContaining("never macOS") });
  });

  it("names a folder that is not there, or is none", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    for (const path of [join(folder, "missing"), file]) {
      const { facts, exitCode } = await diagnosis(["--folder", path]);
      expect(exitCode).toBe(1);
      expect(facts).toEqual([expect.objectContaining({ id: "freeSpace", finding: expect.stringContaining(path) })]);
    }
  });

  it("diagnoses a helper that is missing, does not run, dies at once or says nothing of use", async () => {
    const program = async (name: string, text: string) => {
      const path = join(folder, name);
      await writeFile(path, text);
      await chmod(path, 0o755);
      return path;
    };
    const cases: [string, RegExp][] = [
      ["/nowhere/vzkit-helper", /does not exist/],
      [await program("not-a-program", "#!/nowhere/interpreter\n"), /cannot be run/],
      [await program("dies", "#!/bin/sh\necho 'no such library' >&2\nexit 3\n"), /status 3.*no such library/s],
      [await program("talks", "#!/bin/sh\necho hello\ncat >/dev/null\n"), /not the protocol/],
    ];
    for (const [helper, words] of cases) {
      const { facts, runningMacs, exitCode } = await diagnosis([], { VZKIT_HELPER: helper });
      expect(exitCode).toBe(1);
      expect(runningMacs).toEqual([]);
      expect(facts).toEqual([
        { id: "helper", status: "problem", finding: expect.stringMatching(words), remedy: expect.any(String) },
      ]);
      const { stdout, stderr } = await vzkit(["doctor"], { VZKIT_HELPER: helper });
      expect(stderr).toBe("");
      expect(stdout).toMatch(/^✘ helper /);
      expect(stdout).not.toMatch(/^ *at /m);
    }
  });
});

describe("the command vzkit", () => {
  it.each(["--help", "-h"])("explains itself with %s", async (flag) => {
    const { stdout, exitCode } = await vzkit([flag]);
    expect(stdout).toContain("Usage: vzkit");
    expect(exitCode).toBe(0);
  });

  it("tells its version", async () => {
    expect(await vzkit(["--version"])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(VERSION) });
  });

  it.each([
    [["fly"], 'no command "fly"'],
    [[], "No command"],
    [["doctor", "--fast"], "--fast"],
    [["doctor", "--folder"], "--folder"],
    [["doctor", "now"], '"now"'],
  ])("shows its usage for %j", async (args, words) => {
    const { stdout, stderr, exitCode } = await vzkit(args);
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(words);
    expect(stderr).toContain("Usage: vzkit");
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

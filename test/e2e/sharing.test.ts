import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper, type Machine } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";
import { childrenOf, gone } from "../helpers/processes.js";

const tracer = fileURLToPath(new URL("../fixtures/programs/tracer.py", import.meta.url));
const names = ["first", "second", "third"];

describe("shares exchanged while a machine runs", () => {
  let folder: string;
  let helper: Helper;
  let machine: Machine;
  const at = (name: string) => path.join(folder, name);

  const descriptorsOfHelper = async () =>
    process.platform === "linux" ? (await readdir(`/proc/${helper.info.helper.processIdentifier}/fd`)).length : 0;

  /** The processes that serve the shares of the machine, in the order of its devices. */
  const daemons = async () => {
    const children = await childrenOf(helper.info.helper.processIdentifier);
    const lines = await Promise.all(children.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
    return children.filter((_, index) => lines[index]?.includes("virtiofsd")).sort((one, other) => one - other);
  };

  beforeAll(async () => {
    helper = await launchHelper();
  });

  afterAll(() => helper?.[Symbol.asyncDispose]());

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-sharing-"));
    for (const name of names) {
      await mkdir(at(name));
      await writeFile(at(`${name}/name`), `${name}\n`);
    }
    machine = await helper.machines.create(sharing(at("first")), { name: "sharing" });
  });

  afterEach(async () => {
    await machine?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it("shows another folder in a mount that the guest has, and holds a read-only one", async () => {
    await boot(machine);
    expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("first");
    await machine.shares.set("work", at("second"));
    expect(await runInGuest(machine, "cat /mnt/work/name; echo new > /mnt/work/new; ls /mnt/work")).toBe(
      "second\nname\nnew",
    );
    expect(await readFile(at("second/new"), "utf8")).toBe("new\n");
    expect(await readdir(at("first"))).toEqual(["name"]);

    await machine.shares.set("work", { path: at("third"), isReadOnly: true });
    expect(
      await runInGuest(machine, "cat /mnt/work/name; (echo no > /mnt/work/new; rm -f /mnt/work/name) 2>&1"),
    ).toMatch(/^third\n.*Read-only file system\n.*Read-only file system$/);
    expect(await readdir(at("third"))).toEqual(["name"]);
  });

  it("goes between one folder, several and none", async () => {
    await boot(machine);
    const several = {
      kind: "multiple",
      directories: { "a folder": { path: at("second") }, fixed: { path: at("third"), isReadOnly: true } },
    } as const;
    await machine.shares.set("work", several);
    expect(await machine.shares.list()).toEqual([
      {
        tag: "work",
        share: {
          kind: "multiple",
          directories: {
            "a folder": { path: at("second"), isReadOnly: false },
            fixed: { path: at("third"), isReadOnly: true },
          },
        },
      },
      { tag: "empty" },
    ]);
    expect(
      await runInGuest(machine, "cd /mnt/work; ls; cat */name; echo x > 'a folder/x'; (echo x > fixed/x) 2>&1"),
    ).toMatch(/^a folder\nfixed\nsecond\nthird\n.*Read-only file system$/);
    expect(await readFile(at("second/x"), "utf8")).toBe("x\n");

    await machine.shares.set("work", undefined);
    expect(await runInGuest(machine, "ls -A /mnt/work")).toBe("");
    await machine.shares.set("work", at("first"));
    expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("first");
  });

  it("exchanges under a guest that does not stop reading and writing", async () => {
    await boot(machine);
    await runInGuest(
      machine,
      "(while :; do cat /mnt/work/name; date > /mnt/work/at; ls -lR /mnt/work; done >/dev/null 2>&1 &)",
    );
    const several = { kind: "multiple", directories: { a: { path: at("first") } } } as const;
    const [daemon = 0] = await daemons();
    let [mounts, descriptors] = [0, 0];
    for (let round = 0; round <= 30; round++) {
      await machine.shares.set("work", round % 5 === 0 ? several : at(names[round % 3] ?? ""));
      if (round === 0) [mounts, descriptors] = [await mountsSeenBy(daemon), await descriptorsOfHelper()];
    }
    expect([await mountsSeenBy(daemon), await descriptorsOfHelper()]).toEqual([mounts, descriptors]);
    await machine.shares.set("work", at("third"));
    expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("third");
    expect(await machine.state()).toMatchObject({ state: "running" });
  });

  it("keeps the old share when the new one is not there, and says which folder", async () => {
    await writeFile(at("a file"), "");
    await boot(machine);
    const gonePath = at("gone");
    await expect(machine.shares.set("work", gonePath)).rejects.toMatchObject({
      kind: "fileNotFound",
      message: expect.stringContaining(gonePath),
    });
    await expect(
      machine.shares.set("work", {
        kind: "multiple",
        directories: { a: { path: at("second") }, b: { path: gonePath } },
      }),
    ).rejects.toMatchObject({ kind: "fileNotFound", message: expect.stringContaining(gonePath) });
    await expect(machine.shares.set("work", at("a file"))).rejects.toMatchObject({ kind: "invalidConfiguration" });
    for (const name of ["", "..", "a/b", "x".repeat(256)]) {
      await expect(
        machine.shares.set("work", { kind: "multiple", directories: { [name]: { path: at("second") } } }),
      ).rejects.toMatchObject({ kind: "invalidConfiguration" });
    }
    await expect(machine.shares.set("other", at("second"))).rejects.toMatchObject({
      kind: "deviceNotConfigured",
      message: expect.stringMatching(/"other".*"work"/),
    });
    expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("first");
    expect(await machine.shares.list()).toMatchObject([
      { share: { directory: { path: at("first") } } },
      { tag: "empty" },
    ]);
  });

  it.runIf(process.platform === "linux" && process.arch === "x64")(
    "keeps the old share where nobody may look into the process that serves it, and says what to do",
    async (context) => {
      await boot(machine);
      // A process can have one debugger only.
      const tracers = (await daemons()).map((pid) => execa("python3", [tracer, String(pid)], { reject: false }));
      const holds = tracers.map((program) =>
        Promise.race([once(program.stdout, "data").then(() => true), program.then(() => false)]),
      );
      if ((await Promise.all(holds)).includes(false)) {
        for (const program of tracers) program.stdin.end();
        return context.skip("this system lets nobody debug another's child");
      }
      await expect(machine.shares.set("work", at("second"))).rejects.toMatchObject({
        kind: "notSupported",
        message: expect.stringMatching(/multiple directory share/),
      });
      expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("first");
      for (const program of tracers) program.stdin.end();
      await Promise.all(tracers);
      await machine.shares.set("work", at("second"));
      expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("second");
    },
  );

  it("uses what was set while the machine was stopped at its next start", async () => {
    await machine.shares.set("work", at("second"));
    await rm(at("first"), { recursive: true });
    await boot(machine);
    expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("second");
    await machine.shares.set("work", at("third"));
    await machine.stop();
    await boot(machine);
    expect(await runInGuest(machine, "cat /mnt/work/name")).toBe("third");
    await machine.shares.set("empty", at("second"));
    expect(await runInGuest(machine, "cat /mnt/empty/name")).toBe("second");
  });

  it("leaves nothing mounted, running or on disk, however the machine ends", async () => {
    const mounts = await mountTable();
    await boot(machine);
    await machine.shares.set("work", at("second"));
    await machine.stop();
    expect(await mountTable()).toBe(mounts);

    const doomed = await launchHelper();
    const victim = await doomed.machines.create(sharing(at("first")));
    await boot(victim);
    await victim.shares.set("work", { kind: "multiple", directories: { a: { path: at("second") } } });
    await victim.shares.set("work", at("third"));
    const { processIdentifier } = doomed.info.helper;
    const children = await childrenOf(processIdentifier);
    expect(children.length).toBeGreaterThanOrEqual(3);
    process.kill(processIdentifier, "SIGKILL");
    await Promise.all([processIdentifier, ...children].map((pid) => gone(pid)));
    await doomed[Symbol.asyncDispose]();
    expect(await mountTable()).toBe(mounts);
    for (const name of names) expect(await readdir(at(name))).toEqual(["name"]);
  });
});

function sharing(share: string) {
  return linuxGuest(
    {
      directorySharingDevices: [
        { kind: "virtioFileSystem", tag: "work", share: { kind: "single", directory: { path: share } } },
        { kind: "virtioFileSystem", tag: "empty" },
      ],
    },
    "vzkit.share=work vzkit.share=empty",
  );
}

/** What is mounted on this host, as far as it can show shares. */
async function mountTable(): Promise<string> {
  if (process.platform !== "linux") return "";
  const table = await readFile("/proc/self/mountinfo", "utf8");
  return table
    .split("\n")
    .filter((line) => /vzkit/.test(line))
    .join("\n");
}

async function mountsSeenBy(pid: number): Promise<number> {
  if (process.platform !== "linux") return 0;
  return (await readFile(`/proc/${pid}/mountinfo`, "utf8")).split("\n").length;
}

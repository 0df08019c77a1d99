import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../scripts/setup/lock.mjs";

const module = new URL("../../scripts/setup/lock.mjs", import.meta.url).href;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vzkit-lock-"));
  path = join(folder, "locks/one");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Another process that takes the lock, says so, and keeps it until it is told to go or is killed. */
async function otherHolder() {
  const program = `
    import { withLock } from ${JSON.stringify(module)};
    await withLock(${JSON.stringify(path)}, "Holding it", () => {}, async () => {
      console.log("held");
      await new Promise((resolve) => process.stdin.once("data", resolve));
    });
    process.exit(0);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  await once(createInterface({ input: child.stdout }), "line");
  return child;
}

describe("the lock between processes", () => {
  it("waits for the other process and says for which, and for what", async () => {
    const other = await otherHolder();
    const told: string[] = [];
    let held = false;
    const waiting = withLock(
      path,
      "Waiting for it",
      (message) => {
        told.push(message);
        expect(held).toBe(false);
        other.stdin.write("go\n");
      },
      async () => {
        held = true;
        return "done";
      },
    );
    expect(await waiting).toBe("done");
    expect(told).toEqual([expect.stringContaining(`Waiting for process ${other.pid}: Holding it`)]);
    expect(readdirSync(join(folder, "locks"))).toEqual([]);
  });

  it("takes over from a process that was killed", async () => {
    const other = await otherHolder();
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(existsSync(path)).toBe(true);
    expect(
      await withLock(
        path,
        "Taking over",
        () => {},
        async () => "taken",
      ),
    ).toBe("taken");
    expect(existsSync(path)).toBe(false);
  });

  it("does not take a new process for the dead owner whose id it got", async () => {
    const other = await otherHolder();
    other.kill("SIGKILL");
    await once(other, "exit");
    // The id of a living process, but another start time.
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: "1", host: hostname(), what: "Long ago" }));
    expect(
      await withLock(
        path,
        "Taking over",
        () => {},
        async () => "taken",
      ),
    ).toBe("taken");
  });

  it("lets only one in at a time", async () => {
    let inside = 0;
    let most = 0;
    const visit = () =>
      withLock(
        path,
        "Visiting",
        () => {},
        async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside--;
        },
      );
    await Promise.all(Array.from({ length: 5 }, visit));
    expect(most).toBe(1);
  });

  it("is released when the work fails", async () => {
    const failing = withLock(
      path,
      "Failing",
      () => {},
      async () => Promise.reject(new Error("no")),
    );
    await expect(failing).rejects.toThrow("no");
    expect(existsSync(path)).toBe(false);
  });
});

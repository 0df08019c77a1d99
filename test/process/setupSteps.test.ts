import { existsSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureSetup } from "../../scripts/setup/ensure.js";
import { Progress } from "../../scripts/setup/progress.js";
import { run } from "../../scripts/setup/run.js";
import type { Step } from "../../scripts/setup/step.js";

let folder: string;
let screen: PassThrough;
const cacheBefore = process.env.XDG_CACHE_HOME;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vzkit-setup-"));
  process.env.XDG_CACHE_HOME = folder;
  screen = new PassThrough();
});
afterEach(async () => {
  if (cacheBefore === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = cacheBefore;
  await rm(folder, { recursive: true, force: true });
});

const shown = () => String(screen.read() ?? "");
const progress = () => new Progress(screen as unknown as NodeJS.WriteStream);

/** Makes a file, and counts how often it had to. */
function fileStep(name: string, before: () => Promise<void> = async () => {}) {
  const path = join(folder, name);
  const step = {
    runs: 0,
    title: `Making ${name}`,
    isDone: () => existsSync(path),
    run: async () => {
      step.runs++;
      await before();
      writeFileSync(path, "");
    },
  };
  return step satisfies Step;
}

describe("set-up", () => {
  it("does what is missing, in order, and is silent when nothing is", async () => {
    const steps = [fileStep("one"), fileStep("two")];
    expect(await ensureSetup(steps, progress())).toBe(2);
    expect(shown()).toMatch(
      /^\[1\/2\] Making one \.\.\.\n {2}done in .*\n\[2\/2\] Making two \.\.\.\n {2}done in .*\n$/,
    );
    expect(await ensureSetup(steps, progress())).toBe(0);
    expect(shown()).toBe("");
    expect(steps.map(({ runs }) => runs)).toEqual([1, 1]);
  });

  it("goes on after a failure where it failed", async () => {
    let broken = true;
    const first = fileStep("one");
    const second = fileStep("two", async () => {
      if (broken) throw new Error("out of paper");
    });
    await expect(ensureSetup([first, second], progress())).rejects.toThrow("out of paper");
    broken = false;
    await ensureSetup([first, second], progress());
    expect([first.runs, second.runs]).toEqual([1, 2]);
  });

  it("does a thing once when two run at once", async () => {
    const step = fileStep("one", () => new Promise((resolve) => setTimeout(resolve, 300)));
    await Promise.all([ensureSetup([step], progress()), ensureSetup([step], progress())]);
    expect(step.runs).toBe(1);
    expect(shown()).toContain(`Waiting for process ${process.pid}: Making one`);
  });

  it("shows a failed command with its status, its last words and its log", async () => {
    const command = ["sh", "-c", "echo first; echo the reason >&2; exit 7"];
    const failure = run(command, { log: "try" });
    await expect(failure).rejects.toThrow(
      /exit status 7.*\n.*exit 7[\s\S]*\| the reason\nIts whole output: .*try\.log/,
    );
  });

  it("says so when a command does not exist", async () => {
    await expect(run(["/no/such/program"], { log: "try" })).rejects.toThrow("ENOENT");
  });
});

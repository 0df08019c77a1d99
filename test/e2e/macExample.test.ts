import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { proofFile, RestoreServer } from "../../scripts/standIn/restoreServer.js";
import { journalHolds } from "../helpers/downloads.js";

const project = fileURLToPath(new URL("../..", import.meta.url));
const example = join(project, "examples/mac.ts");
const prefix = "stand-in Mac, not macOS │ ";
const withoutPrefix = (output: string) => output.split("\n").filter((line) => line && !line.startsWith(prefix));

/** A program in a group of its own, which signals reach as Ctrl-C in a terminal reaches all of it. */
class Program {
  output = "";
  readonly exit: Promise<{ exitCode?: number | undefined; signal?: string | undefined }>;
  readonly #process;

  constructor(args: readonly string[], options: { cwd: string; env?: Record<string, string> }) {
    const all = { ...options, stdin: "ignore", all: true, reject: false, detached: true, buffer: false } as const;
    this.#process = execa(process.execPath, args, all);
    this.#process.all.on("data", (chunk) => {
      this.output += String(chunk);
    });
    this.exit = this.#process;
  }

  signal(name: NodeJS.Signals): void {
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, name);
  }

  /** Resolves when `condition` holds; rejects when the program ends before. */
  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    let hasEnded = false;
    void this.exit.then(() => {
      hasEnded = true;
    });
    while (!(await condition())) {
      if (hasEnded) throw new Error(`the program ended; it printed: ${this.output}`);
      await delay(50);
    }
  }
}

describe.skipIf(process.platform === "darwin")(
  "the example of a virtual Mac, on the stand-in (Linux hosts only)",
  () => {
    let root: string;
    let programs: Program[];
    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), "vzkit-mac-example-"));
      programs = [];
    });
    afterEach(async () => {
      for (const program of programs) {
        try {
          program.signal("SIGKILL");
        } catch {
          // It has ended.
        }
      }
      await rm(root, { recursive: true, force: true });
    });

    function run(args: readonly string[], cwd: string, env: Record<string, string> = {}): Program {
      const program = new Program(args, { cwd, env });
      programs.push(program);
      return program;
    }

    it("goes on after SIGKILL in the download and Ctrl-C in the installation, and only starts what is installed", async () => {
      const folder = join(root, "macs");
      const shared = join(root, "shared");
      await mkdir(shared);
      await using server = await RestoreServer.start({
        folder: join(root, "server"),
        payloadSize: 62 << 20,
        rate: 2 << 20,
      });
      const { files } = server;
      const start = (env: Record<string, string> = {}) =>
        run(["--import", import.meta.resolve("tsx"), example, folder], shared, { ...server.environment, ...env });

      const first = start();
      await journalHolds(join(folder, "Restore.ipsw"), 16 << 20);
      first.signal("SIGKILL");
      await first.exit;
      const sentFirst = files.sent;
      files.rate = Number.POSITIVE_INFINITY;

      const document = join(folder, "dev.vzkit/machine.json");
      const second = start({ VZKIT_STANDIN_FAIL: "stall:0.5" });
      await second.until(async () => (await readFile(document, "utf8").catch(() => "")).includes('"interrupted"'));
      await second.until(() => second.output.includes("installing"));
      second.signal("SIGINT");
      await second.exit;
      expect(second.output).not.toContain("The Mac runs");
      expect(files.sent - sentFirst).toBeLessThan(files.content.length - (16 << 20) + (1 << 20));
      expect(files.content.equals(await readFile(join(folder, "Restore.ipsw")))).toBe(true);

      const proof = join(shared, proofFile);
      const sentSecond = files.sent;
      const third = start();
      await third.until(() => isWritten(proof));
      expect(await readFile(proof, "utf8")).toContain("My Project type virtiofs");
      third.signal("SIGINT");
      expect(await third.exit).toMatchObject({ exitCode: 0 });
      expect(third.output).toContain("The Mac stopped: request.");
      expect(files.sent).toBeLessThan(sentSecond + 4096); // It asks whether the file is still the same.

      await rm(proof);
      const asked = files.requests.length;
      const fourth = start();
      await fourth.until(() => isWritten(proof));
      fourth.signal("SIGINT");
      expect(await fourth.exit).toMatchObject({ exitCode: 0 });
      expect(fourth.output).not.toContain("installing");
      expect(files.requests).toHaveLength(asked);
    });

    it("npm run demo:mac says in every line what it is, goes on after Ctrl-C, and comes to its end", async () => {
      const demo = () => run(["scripts/bootstrap.mjs", "demoMac", root], project);
      const first = demo();
      await first.until(() => first.output.includes("downloading"));
      first.signal("SIGINT");
      expect(await first.exit).toMatchObject({ exitCode: 130 });
      expect(first.output).toContain("run it again");

      const second = demo();
      expect(await second.exit, second.output).toMatchObject({ exitCode: 0 });
      expect(withoutPrefix(second.output)).toEqual([]);
      expect(second.output).toContain("Written by the guest into the shared folder");
      expect(second.output).toContain("sees: from-the-host.txt");
      expect(second.output.match(/The Mac stopped: request\./g)).toHaveLength(2);
    });

    it("says so in every line of the set-up too", async () => {
      const demo = run(["scripts/bootstrap.mjs", "demoMac", root], project, { VZKIT_QEMU: "/bin/false" });
      expect(await demo.exit).toMatchObject({ exitCode: 1 });
      expect(demo.output).toContain("Installing QEMU");
      expect(demo.output).toContain("vzkit needs QEMU");
      expect(withoutPrefix(demo.output)).toEqual([]);
    });
  },
);

function isWritten(path: string): boolean {
  try {
    return readFileSync(path, "utf8") !== "";
  } catch {
    return false;
  }
}

import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const project = fileURLToPath(new URL("../..", import.meta.url));
let clone: string;

/** A clone in small: the entry, a command, and an `npm` that is a script of ours. */
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "vzkit-clone-"));
  await mkdir(join(clone, "bin"));
  for (const file of ["bootstrap.mjs", "setup/lock.mjs", "standIn/notice.mjs"])
    await cp(join(project, "scripts", file), join(clone, "scripts", file));
  await writeFile(join(clone, "package.json"), `{ "type": "module" }`);
  await writeFile(join(clone, "package-lock.json"), "{}");
  await writeFile(
    join(clone, "scripts/hello.ts"),
    `const words: string[] = process.argv.slice(2); console.log("hello", ...words);`,
  );
});
afterEach(() => rm(clone, { recursive: true, force: true }));

/** npm, as far as the entry can tell: brings the real tsx along, and keeps count. */
async function fakeNpm(behaviour = ""): Promise<void> {
  const script = `#!/bin/sh
echo call >> ${clone}/calls
echo noise of npm
${behaviour}
rm -rf node_modules
ln -s ${project}/node_modules node_modules.new
mkdir node_modules
for name in ${project}/node_modules/*; do ln -s "$name" node_modules/; done
rm node_modules.new
`;
  await writeFile(join(clone, "bin/npm"), script, { mode: 0o755 });
}

function start(args: string[]) {
  const env = { PATH: `${join(clone, "bin")}:${process.env.PATH}`, XDG_CACHE_HOME: join(clone, "cache") };
  return execa(process.execPath, ["scripts/bootstrap.mjs", ...args], { cwd: clone, env, reject: false });
}

const calls = async () => (await readFile(join(clone, "calls"), "utf8")).trim().split("\n").length;

describe("the entry of the npm scripts", () => {
  it("installs the packages first, once, and keeps standard output for the command", async () => {
    await fakeNpm();
    const first = await start(["hello", "from", "a clone"]);
    expect(first.stdout).toBe("hello from a clone");
    expect(first.stderr).toMatch(/^Installing the npm packages .*\nnoise of npm\n {2}done in/);
    const second = await start(["hello"]);
    expect(second).toMatchObject({ stdout: "hello", stderr: "", exitCode: 0 });
    expect(await calls()).toBe(1);
  });

  it("installs again when the lock file changed", async () => {
    await fakeNpm();
    await start(["hello"]);
    await writeFile(join(clone, "package-lock.json"), `{ "other": 1 }`);
    await start(["hello"]);
    expect(await calls()).toBe(2);
  });

  it("lets a second one wait for the first", async () => {
    await fakeNpm("sleep 1");
    const both = await Promise.all([start(["hello"]), start(["hello"])]);
    expect(both.map(({ stdout }) => stdout)).toEqual(["hello", "hello"]);
    expect(both.map(({ stderr }) => stderr).join("\n")).toMatch(/Waiting for process \d+: Installing the npm packages/);
    expect(await calls()).toBe(1);
  });

  it("installs again after it was killed half way", async () => {
    await fakeNpm("mkdir node_modules; touch half; exec sleep 60");
    const first = start(["hello"]);
    while (!existsSync(join(clone, "half"))) await new Promise((resolve) => setTimeout(resolve, 20));
    first.kill("SIGKILL");
    await first;
    await fakeNpm();
    expect((await start(["hello"])).stdout).toBe("hello");
    expect(await calls()).toBe(2);
  });

  it("says what failed when npm fails", async () => {
    await fakeNpm("exit 3");
    const { exitCode, stderr, stdout } = await start(["hello"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("`npm ci` failed (exit status 3)");
  });

  it("refuses a command that does not exist, whatever its name looks like", async () => {
    await fakeNpm();
    for (const name of ["nothing", "../scripts/hello", ""]) {
      expect(await start([name])).toMatchObject({ exitCode: 2, stdout: "" });
    }
  });
});

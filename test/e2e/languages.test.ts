import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, it } from "vitest";
import { guest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("a Python program of the standard library boots the same guest", async () => {
  const { stdout } = await execa("python3", ["examples/python/boot.py", helperPath(), guest.kernel, guest.initrd], {
    cwd: root,
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  });
  expect(stdout).toContain("guest: vzkit-guest: ready");
  expect(stdout).toContain("stopped by: request");
});

it("the guide's shell line describes the host", async () => {
  const readme = await readFile(`${root}/docs/other-languages.md`, "utf8");
  const line = /^printf .*$/m.exec(readme)?.[0];
  if (!line) throw new Error("the guide shows no line that begins with printf");
  const { stdout } = await execa("sh", ["-c", line], { cwd: root });
  expect(stdout).toContain("virtualization");
});

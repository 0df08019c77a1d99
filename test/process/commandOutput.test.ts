import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";

const entry = fileURLToPath(new URL("../../scripts/vzkit.mjs", import.meta.url));

/** Runs a line of the shell in which `vzkit` is the command. Its exit status is that of `vzkit`. */
function shell(line: string) {
  const script = `vzkit() { "${process.execPath}" "${entry}" "$@"; }; ${line}; exit "\${PIPESTATUS[0]}"`;
  return execa("bash", ["-c", script], { reject: false, stdin: "ignore" });
}

describe("the command's output", () => {
  it.each(["--help", "doctor", "doctor --json"])("of `%s` may be cut off by its reader", async (command) => {
    const whole = await shell(`vzkit ${command}`);
    const { exitCode, stdout, stderr } = await shell(`vzkit ${command} | head -c 1`);
    expect({ exitCode, stderr }).toEqual({ exitCode: whole.exitCode, stderr: "" });
    expect(stdout).toHaveLength(1);
    // The reader is gone before anything is written.
    expect(await shell(`vzkit ${command} | true`)).toMatchObject({ exitCode: whole.exitCode, stderr: "" });
  });

  it.skipIf(process.platform !== "linux").each(["--help", "doctor"])(
    "of `%s` that cannot be written is said in one line, and is a failure (Linux hosts only: /dev/full)",
    async (command) => {
      const { exitCode, stderr } = await shell(`vzkit ${command} >/dev/full`);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^vzkit: standard output cannot be written: .*ENOSPC.*$/);
      expect((await shell(`vzkit ${command} >/dev/full 2>&1`)).exitCode).toBe(1);
    },
  );
});

import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { packCpio } from "../../scripts/setup/cpio.js";
import { findProgram } from "../../scripts/setup/find.js";
import { loadOrder, moduleTable, readModuleInfo } from "../../scripts/setup/kernelModules.js";
import { markUsed, pruneVersions } from "../../scripts/setup/pruning.js";

const cpio = findProgram("cpio") ? { command: "cpio", args: [] as string[] } : undefined;

describe("the guest image's archive", () => {
  it.skipIf(!cpio)("is read by cpio as it was meant (needs cpio on PATH)", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vzkit-cpio-"));
    try {
      const content = Buffer.from("seven b");
      const archive = packCpio([
        { path: "bin", kind: "directory" },
        { path: "bin/tool", kind: "file", content, mode: 0o755 },
        { path: "bin/link", kind: "link", target: "tool" },
      ]);
      await writeFile(join(folder, "archive"), archive);
      execFileSync("cpio", ["-id", "--quiet", "-F", "archive"], { cwd: folder });
      expect(await readFile(join(folder, "bin/link"))).toEqual(content);
      expect(execFileSync("stat", ["-c", "%A %F", "bin/tool", "bin/link"], { cwd: folder, encoding: "utf8" })).toBe(
        "-rwxr-xr-x regular file\nlrwxrwxrwx symbolic link\n",
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("is the same for the same input", () => {
    const entries = [{ path: "a", kind: "file", content: Buffer.from("x"), mode: 0o644 } as const];
    expect(packCpio(entries)).toEqual(packCpio(entries));
  });
});

describe("the guest image's kernel modules", () => {
  const binary = Buffer.from("\x7fELF\0alias=virtio:d1v*\0depends=net-failover,other\0alias=pci:*\0name=virtio_net\0");

  it("tell what they drive and need", () => {
    expect(readModuleInfo(binary)).toEqual({ aliases: ["virtio:d1v*", "pci:*"], depends: ["net_failover", "other"] });
  });

  it("are loaded after what they need, and built-in ones not at all", () => {
    const infos = new Map([
      ["net", { aliases: ["virtio:1"], depends: ["failover", "builtin"] }],
      ["failover", { aliases: [], depends: ["base"] }],
      ["base", { aliases: [], depends: [] }],
      ["extra", { aliases: [], depends: ["base"] }],
    ]);
    expect(loadOrder("net", infos)).toEqual(["base", "failover", "net"]);
    const files = ["base", "failover", "net", "base", "extra"].map((name) => `/lib/modules/${name}.ko`).join(" ");
    expect(moduleTable(["net"], infos, { net: ["extra"] })).toBe(`virtio:1 ${files}\nnet ${files}\n`);
  });
});

describe("guests of other versions", () => {
  it("go when nobody has used them for two weeks, except the one in use", async () => {
    const cache = await mkdtemp(join(tmpdir(), "vzkit-prune-"));
    vi.stubEnv("XDG_CACHE_HOME", cache);
    try {
      const guests = { old: "guest-000000000000", current: "guest-111111111111", young: "guest-222222222222" };
      const others = ["guest-of-mine", "programs", "partial-guest-abc", "guest-333333333333"];
      const at = (name: string) => join(cache, "vzkit", name);
      const monthAgo = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000);
      for (const name of [...Object.values(guests), ...others]) {
        await mkdir(at(name), { recursive: true });
        await writeFile(join(at(name), "vmlinuz"), "");
        await utimes(at(name), monthAgo, monthAgo);
      }
      await symlink(guests.current, at("guest"));
      markUsed(at(guests.young));
      markUsed(at("guest-444444444444"));
      await pruneVersions("guest", at(guests.current));
      expect((await readdir(join(cache, "vzkit"))).sort()).toEqual(
        ["guest", "guest-of-mine", "programs", guests.current, guests.young].sort(),
      );
    } finally {
      vi.unstubAllEnvs();
      await rm(cache, { recursive: true, force: true });
    }
  });
});

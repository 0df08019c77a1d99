import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Helper, launchHelper, mib } from "../../src/index.js";
import { linuxGuest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";

describe("a mistake of the caller is told as one", () => {
  let folder: string;
  let helper: Helper;
  const at = (name: string) => path.join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-mistakes-"));
    await symlink(at("loop"), at("loop"));
    await mkdir(at("folder"));
    await writeFile(at("file"), "");
    helper = await launchHelper();
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const create = (name: string) => helper.disks.create(`${folder}/${name}`, { size: mib(1) });

  it.each([
    ["a link to itself", "loop/disk", { kind: "fileNotFound", hint: expect.stringContaining("symbolic link") }],
    [
      "a file in the place of a folder",
      "file/disk",
      { kind: "fileNotFound", hint: expect.stringContaining("is a file") },
    ],
  ])("%s", async (_, name, error) => {
    await expect(create(name)).rejects.toMatchObject(error);
  });

  it("a slash at the end of a file's path, which this client takes away", async () => {
    const params = { path: `${at("disk")}/`, size: mib(1) };
    const input = `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "disk.create", params })}\n`;
    const { stdout } = await execa(helperPath(), { input });
    expect(JSON.parse(stdout).error).toMatchObject({
      message: expect.stringContaining("Leave the slash out"),
      data: { kind: "invalidParams", path: "params.path" },
    });
  });

  it("a volume that is read-only", async (context) => {
    const { exitCode } = await execa("mount", ["-t", "tmpfs", "-o", "ro", "none", at("folder")], { reject: false });
    if (exitCode !== 0) return context.skip("mounting needs root");
    try {
      const error = { kind: "permissionDenied", message: expect.stringContaining("read-only") };
      await expect(create("folder/disk")).rejects.toMatchObject(error);
      const attachment = { kind: "stream" as const, logPath: at("folder/log") };
      const configuration = linuxGuest({ serialPorts: [{ kind: "virtioConsole", attachment }] });
      await expect(helper.machines.validate(configuration)).rejects.toMatchObject(error);
    } finally {
      await execa("umount", [at("folder")]);
    }
  });

  it.each([
    ["a port that there is not", "http://localhost:99999/a.ipsw", /port from 1 to 65535, not 99999/],
    ["a blank", "http://localhost/a b.ipsw", /%20/],
  ])("a URL with %s", async (_, url, message) => {
    await expect(helper.restoreImages.download(url, { to: at("image") })).rejects.toMatchObject({
      kind: "invalidParams",
      path: "params.url",
      message: expect.stringMatching(message),
    });
  });

  it.each(["gzip", "xz", "bzip2"])("a disk that is packed with %s", async (program) => {
    const disk = at(`packed-${program}`);
    await writeFile(disk, Buffer.alloc(mib(1)));
    const { stdout } = await execa(program, ["-c", disk], { encoding: "buffer" });
    await writeFile(disk, stdout);
    const storage = { kind: "virtioBlock" as const, attachment: { kind: "diskImage" as const, path: disk } };
    await expect(helper.machines.validate(linuxGuest({ storageDevices: [storage] }))).rejects.toMatchObject({
      kind: "invalidDiskImage",
      message: expect.stringMatching(new RegExp(`in the ${program} format`)),
    });
  });
});

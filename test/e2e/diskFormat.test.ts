import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Helper, launchHelper, mib } from "../../src/index.js";
import { linuxGuest } from "../helpers/guest.js";

// Where macOS 26 makes such images there is nothing to refuse.
describe.skipIf(process.platform === "darwin")("Apple's sparse image format (Linux hosts only)", () => {
  let folder: string;
  let helper: Helper;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-disk-format-"));
    helper = await launchHelper();
  });
  afterAll(async () => {
    await helper[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const refusal = { kind: "notSupported", message: expect.stringContaining("macOS 26") };

  it("is refused where it cannot be made, and nothing is left", async () => {
    const path = join(folder, "disk.img");
    await expect(helper.disks.create(path, { size: mib(1), format: "asif" })).rejects.toMatchObject(refusal);
    await expect(helper.disks.create(path, { size: mib(1), format: "asif", isSparse: false })).rejects.toMatchObject({
      kind: "invalidParams",
      path: "params.isSparse",
    });
    const bundle = join(folder, "dev.vzkit");
    const options = { configuration: linuxGuest(), diskSize: mib(1) };
    await expect(helper.bundles.create(bundle, { ...options, diskFormat: "asif" })).rejects.toMatchObject(refusal);
    expect(await readdir(folder)).toEqual([]);
    await helper.bundles.create(bundle, { ...options, diskFormat: "raw" });
  });

  it("is not mistaken for a disk's bytes", async () => {
    const path = join(folder, "sparse.img");
    await writeFile(path, Buffer.concat([Buffer.from("shdw"), Buffer.alloc(mib(1) - 4)]));
    const attachment = { kind: "diskImage", path } as const;
    const configuration = linuxGuest({ storageDevices: [{ kind: "virtioBlock", attachment }] });
    await expect(helper.machines.create(configuration)).rejects.toMatchObject({
      kind: "notSupported",
      path: "params.configuration.storageDevices[0].attachment.path",
      message: expect.stringContaining("diskutil image create from --format RAW"),
    });
  });

  it("on a bundle's disk is neither grown nor measured as if it were RAW", async () => {
    const path = join(folder, "mac.vzkit");
    await helper.bundles.create(path, { configuration: linuxGuest(), diskSize: mib(1) });
    await writeFile(join(path, "disk.img"), "shdw and what follows");
    expect((await helper.bundles.get(path).inspect()).diskSize).toBeUndefined();
    await expect(helper.bundles.get(path).resizeDisk(mib(2))).rejects.toMatchObject(refusal);
    await expect(helper.machines.open(path)).rejects.toMatchObject({ kind: "notSupported" });
  });
});

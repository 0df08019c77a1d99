import { homedir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { resolvePaths } from "../../src/connection/paths.js";
import { absolutePath } from "../../src/helper/paths.js";
import { linuxConfiguration } from "../../src/index.js";

const resolved = (method: string, params: unknown) => resolvePaths(method, params, absolutePath);

describe("paths in params", () => {
  it("are resolved wherever the protocol has one, in lists, maps and every variant", () => {
    const configuration = linuxConfiguration({
      kernel: "~/vmlinuz",
      initialRamdisk: "initrd",
      disks: ["/a.img", "b.img"],
      shares: { home: "~" },
    });
    configuration.serialPorts?.push({ kind: "virtioConsole", attachment: { kind: "file", path: "console.log" } });
    const given = structuredClone(configuration);
    expect(resolved("machine.create", { name: "vmlinuz", configuration })).toMatchObject({
      name: "vmlinuz",
      configuration: {
        bootLoader: { kernelPath: path.join(homedir(), "vmlinuz"), initialRamdiskPath: path.resolve("initrd") },
        storageDevices: [{ attachment: { path: "/a.img" } }, { attachment: { path: path.resolve("b.img") } }],
        serialPorts: [{}, { attachment: { path: path.resolve("console.log") } }],
        directorySharingDevices: [{ share: { directory: { path: homedir() } } }],
      },
    });
    // The program's own object stays as it is.
    expect(configuration).toEqual(given);
    const share = { kind: "multiple", directories: { a: { path: "a" }, b: { path: "/b/../c" } } };
    expect(resolved("machine.start", { machine: "m", shares: { work: share } })).toEqual({
      machine: "m",
      shares: { work: { kind: "multiple", directories: { a: { path: path.resolve("a") }, b: { path: "/c" } } } },
    });
  });

  it("that are not strings or empty are left to the check of the params, and so is what has another shape", () => {
    for (const params of [undefined, null, 7, [], {}, { path: 7 }, { path: "" }, { path: null }])
      expect(resolved("bundle.open", params)).toEqual(params);
    for (const configuration of [null, "x", { storageDevices: {} }, { storageDevices: [null, 1] }, { bootLoader: [] }])
      expect(resolved("machine.create", { configuration })).toEqual({ configuration });
    expect(resolved("constructor", { path: "x" })).toEqual({ path: "x" });
  });
});

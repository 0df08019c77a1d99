import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Helper, launchHelper, type MachineConfiguration } from "../../src/index.js";
import { linuxGuest } from "../helpers/guest.js";

/** Characters that are not shown as themselves, with what they are called. */
const characters: [string, string][] = [
  ["a NUL", "\0"],
  ["a line break", "\n"],
  ["an escape sequence", "\u001b[2J"],
  ["a control character of C1", "\u009b"],
  ["a separator of lines", "\u2028"],
  ["a right-to-left override", "\u202e"],
  ["an isolate", "\u2066"],
];

const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/u;

describe("a name that cannot be shown as it is", () => {
  let folder: string;
  let helper: Helper;
  let log = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-names-"));
    helper = await launchHelper({
      env: { VZKIT_LOG: "debug" },
      stderr: (line) => {
        log += `${line}\n`;
      },
    });
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const fields: [string, (name: string) => Partial<MachineConfiguration>][] = [
    [
      "serialPorts[0].attachment.name",
      (name) => ({ serialPorts: [{ kind: "virtioConsole", attachment: { kind: "stream", name } }] }),
    ],
    [
      "consoleDevices[0].ports[0].name",
      (name) => ({ consoleDevices: [{ kind: "virtio", ports: [{ name, attachment: { kind: "stream" } }] }] }),
    ],
    ["directorySharingDevices[0].tag", (tag) => ({ directorySharingDevices: [{ kind: "virtioFileSystem", tag }] })],
  ];

  it.each(characters)("is refused wherever there is one: %s", async (_, character) => {
    const name = `a${character}b`;
    const refusal = (at: string) => ({
      kind: expect.stringMatching(/^invalid(Params|Configuration)$/),
      message: expect.not.stringMatching(unprintable),
      ...(character !== "\0" && { path: at }),
    });
    await expect(helper.machines.create(linuxGuest(), { name })).rejects.toMatchObject({
      kind: "invalidParams",
      path: "params.name",
      message: expect.stringMatching(/U\+[0-9A-F]{4}/),
    });
    for (const [at, part] of fields) {
      const call = helper.machines.validate(linuxGuest(part(name)));
      await expect(call).rejects.toMatchObject(refusal(`params.configuration.${at}`));
    }
    if (character === "\0") return;
    const unprintableTarget = helper.bundles.create(path.join(folder, `${name}.vzkit`), {
      configuration: linuxGuest(),
    });
    await expect(unprintableTarget).rejects.toMatchObject({
      path: "params.path",
      message: expect.not.stringMatching(unprintable),
    });
    const bundle = helper.bundles.create(path.join(folder, "from.vzkit"), { configuration: linuxGuest() });
    await bundle.catch(() => {});
    const renamed = helper.bundles.get(path.join(folder, "from.vzkit")).rename(name);
    await expect(renamed).rejects.toMatchObject({ path: "params.name" });
  });

  it.each(["Käfer 🏴‍☠️ 中文", "מכונה", "آلة ‌", "a\tb".replace("\t", " ")])(
    "is not one of other writing: %s",
    async (name) => {
      await using machine = await helper.machines.create(linuxGuest(), { name });
      expect(await helper.machines.list()).toContainEqual(expect.objectContaining({ name }));
      await machine.dispose();
    },
  );

  it("is escaped where a path or another foreign text is told", async () => {
    const kernelPath = path.join(folder, "line\nbreak\u202e\u001b[31m");
    const base = linuxGuest();
    const configuration = { ...base, bootLoader: { ...base.bootLoader, kind: "linux" as const, kernelPath } };
    const error = await helper.machines.create(configuration).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      kind: "fileNotFound",
      message: expect.stringContaining("line\\u{a}break\\u{202e}\\u{1b}[31m"),
    });
  });

  it("never reaches the log as it is", () => {
    for (const line of log.trimEnd().split("\n")) expect(line).not.toMatch(unprintable);
    expect(log).toContain("Käfer");
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { gib, type Helper, launchHelper, mib } from "../../src/index.js";
import { boot, consoleShows, guest, linuxGuest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";

/** Whether this user can make the namespaces that stand for another host. */
const canSeparate = await execa("unshare", ["--mount", "--net", "true"], { reject: false }).then(
  ({ exitCode }) => exitCode === 0,
);

describe.skipIf(!canSeparate)("a helper in another mount and network namespace, reached by byte pipes alone", () => {
  let folder: string;
  let other: ChildProcess;
  let via: string[];
  let helper: Helper;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-remote-"));
    // Its folder for temporary files, where the helper's sockets are, is one that this host does not see.
    const script = `mount -t tmpfs none '${folder}' && mkdir '${folder}/there' && ip link set lo up; echo ready; exec sleep infinity`;
    other = spawn("unshare", ["--mount", "--net", "sh", "-c", script], { stdio: ["ignore", "pipe", "inherit"] });
    if (other.stdout) await once(other.stdout, "data");
    via = ["nsenter", "--target", String(other.pid), "--mount", "--net", "--"];
    helper = await launchHelper({ via, path: helperPath(), env: { TMPDIR: `${folder}/there` } });
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    if (other?.kill()) await once(other, "exit");
    await rm(folder, { recursive: true, force: true });
  });

  it("runs machines, with consoles and sockets in both directions", async () => {
    await using machine = await helper.machines.create(linuxGuest());
    await boot(machine);
    expect(await runInGuest(machine, "echo $((6 * 7))")).toBe("42");
    await runInGuest(machine, "(vsock listen 2000 cat </dev/null >/dev/null 2>&1 &) ; sleep 0.3");
    const payload = Buffer.alloc(mib(8), "0123456789abcdef");
    const echo = await machine.sockets.connect(2000);
    echo.end(payload);
    const chunks: Buffer[] = [];
    for await (const chunk of echo) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(payload)).toBe(true);
    await using listener = await machine.sockets.listen(3000);
    const answer = runInGuest(machine, "echo over to you | vsock connect 2 3000");
    for await (const connection of listener) {
      let said = "";
      for await (const chunk of connection) said += chunk;
      expect(said).toBe("over to you\n");
      connection.end("and back\n");
      break;
    }
    expect(await answer).toBe("and back");
    await consoleShows(machine, "vzkit-guest: ready");
    await expect(machine.displays.openWindow()).rejects.toMatchObject({
      kind: expect.stringMatching(/^(notSupported|deviceNotConfigured)$/),
    });
  });

  it("takes screenshots, as bytes and as files of that host", async () => {
    const configuration = linuxGuest({
      graphicsDevices: [{ kind: "virtio", scanouts: [{ widthInPixels: 640, heightInPixels: 480 }] }],
    });
    await using machine = await helper.machines.create(configuration);
    await boot(machine);
    const png = await machine.displays.screenshot({ timeout: 60 });
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const to = `${folder}/there/screen.png`;
    expect(await machine.displays.screenshot({ to, timeout: 60 })).toMatchObject({ path: to });
    expect(existsSync(to)).toBe(false);
    const there = await execa(via[0] ?? "", [...via.slice(1), "cat", to], { encoding: "buffer" });
    expect(Buffer.from(there.stdout).subarray(1, 4).toString()).toBe("PNG");
    await expect(machine.displays.openWindow()).rejects.toMatchObject({ kind: "notSupported" });
  });

  it("makes disks and bundles there, and copies what is to be had there", async () => {
    const place = (name: string) => `${folder}/there/${name}`;
    await helper.disks.create(place("data.img"), { size: gib(1) });
    const bundle = await helper.bundles.create(place("dev.vzkit"), { configuration: linuxGuest(), diskSize: mib(16) });
    await bundle.clone(place("copy.vzkit"));
    expect((await helper.bundles.list(place(""))).map(({ name }) => name)).toEqual(["copy", "dev"]);
    expect(existsSync(place("dev.vzkit"))).toBe(false);
    await expect(helper.restoreImages.download("http://127.0.0.1:9/none.ipsw", { retries: 0 })).rejects.toMatchObject({
      kind: "networkError",
    });
  });

  it("takes absolute paths only, and says so", async () => {
    for (const call of [
      () => helper.bundles.list("."),
      () => helper.machines.open("dev.vzkit"),
      () => helper.machines.create({ ...linuxGuest(), bootLoader: { kind: "linux", kernelPath: "vmlinuz" } }),
      async () => helper.bundles.get("~/dev.vzkit"),
    ])
      await expect((async () => call())()).rejects.toMatchObject({
        name: "RemotePathError",
        kind: "relativeRemotePath",
      });
  });
});

describe("the command that leads to another host", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vzkit-via-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A program called ssh that does with its arguments what sshd's shell does. */
  async function shell(): Promise<string> {
    const program = path.join(folder, "ssh");
    await writeFile(program, '#!/bin/sh\nhost=$1; shift\necho "$host: $*" >>"$(dirname "$0")/log"\nexec sh -c "$*"\n');
    await chmod(program, 0o755);
    return program;
  }

  it("gets words that a shell leaves as they are, with ssh", async () => {
    const place = path.join(folder, "it's a place; $HOME");
    await mkdir(place);
    await using helper = await launchHelper({
      via: [await shell(), "mac.local"],
      path: helperPath(),
      env: { TMPDIR: place, VZKIT_LOG: undefined },
    });
    await using machine = await helper.machines.create(linuxGuest());
    await boot(machine);
    const log = await readFile(path.join(folder, "log"), "utf8");
    expect(log).toContain("mac.local: env");
    expect(log).toContain("--relay");
  });

  it("that does not exist, or leads nowhere, is an error of the launch", async () => {
    await expect(launchHelper({ via: [path.join(folder, "none")] })).rejects.toMatchObject({
      kind: "helperLaunchFailed",
    });
    await expect(launchHelper({ via: ["false"], path: guest.kernel })).rejects.toMatchObject({ kind: "helperExited" });
    await expect(launchHelper({ via: [] })).rejects.toMatchObject({ kind: "invalidParams", path: "via" });
  });
});

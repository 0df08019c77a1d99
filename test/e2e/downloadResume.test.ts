import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { FileServer } from "../../scripts/standIn/fileServer.js";
import { mib } from "../../src/index.js";
import { DownloadFolder, journalHolds, progressReaches } from "../helpers/downloads.js";
import { gone } from "../helpers/processes.js";
import { archiveBytes, sha256 } from "../helpers/randomBytes.js";

const content = archiveBytes(mib(24) + 12_345, 1);

/** Downloads slowly until the journal vouches for some of it, then kills the helper. */
async function killMidway(folder: DownloadFolder, server: FileServer, connections: number): Promise<void> {
  server.rate = mib(1);
  const helper = await folder.helper();
  const call = helper.restoreImages.download(server.url, { to: folder.file(), connections });
  call.catch(() => {});
  await journalHolds(folder.file(), mib(2));
  const pid = helper.info.helper.processIdentifier;
  process.kill(pid, "SIGKILL");
  await gone(pid);
  await expect(call).rejects.toMatchObject({ signal: "SIGKILL" });
  await helper[Symbol.asyncDispose]();
  server.rate = Number.POSITIVE_INFINITY;
}

describe("a download that was broken off", () => {
  it.each([1, 4])("by SIGKILL over %i connections is completed by the next helper", async (connections) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await killMidway(folder, server, connections);
    expect(await folder.names()).not.toContain("image.ipsw");
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, { to: folder.file(), sha256: sha256(content) });
    expect(result.received).toBeLessThanOrEqual(content.length - mib(2));
    expect(result.restartReason).toBeUndefined();
    expect((await folder.read()).equals(content)).toBe(true);
    expect(await folder.names()).toEqual(["image.ipsw"]);
  });

  it("begins anew when the file on the server has changed meanwhile", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await killMidway(folder, server, 4);
    server.content = archiveBytes(mib(24) + 12_345, 2);
    server.lastModified = new Date("2025-12-01T00:00:00Z");
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, { to: folder.file() });
    expect(result.restartReason).toMatch(/changed/);
    expect((await folder.read()).equals(server.content)).toBe(true);
  });

  it.each(["", "{", '{"version":1,"total":-5}', `{"completed":[[0,99999999999]]}`, "\0".repeat(100)])(
    "begins anew when the journal is broken: %j",
    async (journal) => {
      await using folder = await DownloadFolder.make();
      await using server = await FileServer.start(content);
      await killMidway(folder, server, 4);
      await writeFile(folder.file(".image.ipsw.vzkit-part.json"), journal);
      await using helper = await folder.helper();
      const result = await helper.restoreImages.download(server.url, { to: folder.file() });
      expect(result.received).toBe(content.length);
      expect((await folder.read()).equals(content)).toBe(true);
    },
  );

  it("begins anew when the partial file has lost its end", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await killMidway(folder, server, 4);
    await writeFile(folder.file(".image.ipsw.vzkit-part"), "short");
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, { to: folder.file() });
    expect(result.received).toBe(content.length);
    expect((await folder.read()).equals(content)).toBe(true);
  });

  it("by its caller goes on where it was", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { rate: mib(2) });
    await using helper = await folder.helper();
    const controller = new AbortController();
    const { reached, listener } = progressReaches(({ completed }) => completed > mib(5));
    const call = helper.restoreImages.download(server.url, {
      to: folder.file(),
      signal: controller.signal,
      onProgress: listener,
    });
    const { completed } = await reached;
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    server.rate = Number.POSITIVE_INFINITY;
    const result = await helper.restoreImages.download(server.url, { to: folder.file() });
    expect(result.received).toBeLessThanOrEqual(content.length - completed);
    expect((await folder.read()).equals(content)).toBe(true);
  });
});

describe("two downloads to one place", () => {
  it("in one helper fetch the bytes once", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { rate: mib(8) });
    await using helper = await folder.helper();
    const { reached, listener } = progressReaches(({ phase }) => phase === "waiting");
    const [one, two] = await Promise.all([
      helper.restoreImages.download(server.url, { onProgress: listener }),
      helper.restoreImages.download(server.url, { onProgress: listener }),
      reached,
    ]);
    expect([one.origin, two.origin].sort()).toEqual(["network", "shared"]);
    expect(one.path).toBe(two.path);
    expect(server.sent).toBe(content.length);
  });

  it("in two helpers fetch the bytes once; when the first dies the second goes on", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { rate: mib(1) });
    const first = await folder.helper();
    await using second = await folder.helper();
    const lost = first.restoreImages.download(server.url, { to: folder.file() });
    lost.catch(() => {});
    await journalHolds(folder.file(), mib(2));
    const { reached, listener } = progressReaches(({ phase, completed }) => phase === "waiting" && completed > 0);
    const call = second.restoreImages.download(server.url, { to: folder.file(), onProgress: listener });
    await reached;
    process.kill(first.info.helper.processIdentifier, "SIGKILL");
    await expect(lost).rejects.toMatchObject({ signal: "SIGKILL" });
    await first[Symbol.asyncDispose]();
    server.rate = Number.POSITIVE_INFINITY;
    const result = await call;
    expect(result.origin).toBe("network");
    expect(result.received).toBeLessThanOrEqual(content.length - mib(2));
    expect((await folder.read()).equals(content)).toBe(true);
    expect(await folder.names()).toEqual(["image.ipsw"]);
  });

  it("do not disturb each other when the one that waits is cancelled", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { rate: mib(4) });
    await using helper = await folder.helper();
    const begun = progressReaches(({ completed }) => completed > 0);
    const one = helper.restoreImages.download(server.url, { to: folder.file(), onProgress: begun.listener });
    await begun.reached;
    const controller = new AbortController();
    const { reached, listener } = progressReaches(({ phase }) => phase === "waiting");
    const two = helper.restoreImages.download(server.url, {
      to: folder.file(),
      signal: controller.signal,
      onProgress: listener,
    });
    two.catch(() => {});
    await reached;
    controller.abort();
    await expect(two).rejects.toMatchObject({ name: "AbortError" });
    expect((await one).origin).toBe("network");
    expect(server.sent).toBe(content.length);
  });
});

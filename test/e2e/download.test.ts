import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { FileServer } from "../../scripts/standIn/fileServer.js";
import { mib, type RestoreImageDownloadProgress } from "../../src/index.js";
import { DownloadFolder, progressReaches } from "../helpers/downloads.js";
import { archiveBytes, markAsArchive, sha256 } from "../helpers/randomBytes.js";

const content = archiveBytes(mib(24) + 12_345, 1);

describe("a download", () => {
  it.each([1, 4, 8])("over %i connections is right to the byte and leaves nothing else", async (connections) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const progress: RestoreImageDownloadProgress[] = [];
    const result = await helper.restoreImages.download(server.url, {
      to: folder.file(),
      connections,
      onProgress: (value) => progress.push(value),
    });
    expect(result).toEqual({
      path: folder.file(),
      size: content.length,
      origin: "network",
      received: content.length,
    });
    expect((await folder.read()).equals(content)).toBe(true);
    expect(await folder.names()).toEqual(["image.ipsw"]);
    expect(server.sent).toBe(content.length);
    expect((await stat(folder.file())).mtime).toEqual(server.lastModified);
    for (const { completed, total } of progress) expect(completed).toBeLessThanOrEqual(total ?? content.length);
  });

  it("tells its speed and the time left, a few times a second", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { rate: mib(2) });
    await using helper = await folder.helper();
    const controller = new AbortController();
    const { reached, listener } = progressReaches(({ completed }) => completed > mib(3));
    const progress: RestoreImageDownloadProgress[] = [];
    const call = helper.restoreImages.download(server.url, {
      to: folder.path,
      connections: 1,
      signal: controller.signal,
      onProgress: (value) => {
        progress.push(value);
        listener(value);
      },
    });
    const value = await reached;
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(value).toMatchObject({ phase: "downloading", total: content.length });
    expect(value.bytesPerSecond).toBeGreaterThan(0);
    const left = ((value.total ?? 0) - value.completed) / value.bytesPerSecond;
    expect(value.secondsLeft).toBeCloseTo(left, 3);
    const counts = progress.map(({ completed }) => completed);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it("is named after the URL when the target is a folder", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const { path: file } = await helper.restoreImages.download(new URL(server.url), { to: folder.path });
    expect(file).toBe(folder.file("Restore.ipsw"));
  });

  it("follows redirects", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: ({ request, response, serve }) => {
        if (request.url?.startsWith("/images/")) return serve();
        const next = request.url === "/a" ? "b" : "/images/Restore.ipsw";
        response.writeHead(302, { Location: next }).end("elsewhere");
      },
    });
    await using helper = await folder.helper();
    await helper.restoreImages.download(`${server.origin}/a`, { to: folder.file() });
    expect((await folder.read()).equals(content)).toBe(true);
  });

  it("of an empty file is refused: no restore image is empty", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(Buffer.alloc(0));
    await using helper = await folder.helper();
    await expect(helper.restoreImages.download(server.url, { to: folder.file() })).rejects.toMatchObject({
      kind: "invalidRestoreImage",
    });
    expect(await folder.names()).toEqual([]);
  });

  it("takes the body of a server that does not tell its length", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: async ({ response, send }) => {
        response.writeHead(200);
        await send(0, content.length);
        response.end();
      },
    });
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, { to: folder.file() });
    expect(result.size).toBe(content.length);
    expect((await folder.read()).equals(content)).toBe(true);
  });
});

describe("the digest", () => {
  const digest = sha256(content);
  const base64 = Buffer.from(digest, "hex").toString("base64");
  it.each([
    ["of the caller", {}, digest.toUpperCase()],
    ["of Apple's servers", { "x-amz-meta-digest-sha256": digest }, undefined],
    ["of Digest", { Digest: `md5=abc, SHA-256=${base64}` }, undefined],
    ["of Repr-Digest", { "Repr-Digest": `sha-256=:${base64}:` }, undefined],
  ])("%s is checked", async (_, headers, given) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { headers: headers as Record<string, string> });
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, {
      to: folder.file(),
      ...(given !== undefined && { sha256: given }),
    });
    expect(result.sha256).toBe(digest);
  });

  it.each([
    ["of the caller", {}, digest.replace(/^./, (digit) => (digit === "0" ? "1" : "0"))],
    ["of the server", { "x-amz-meta-digest-sha256": "0".repeat(64) }, undefined],
  ])("%s that does not fit makes the download fail, and nothing stays", async (_, headers, given) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { headers: headers as Record<string, string> });
    await using helper = await folder.helper();
    const call = helper.restoreImages.download(server.url, {
      to: folder.file(),
      ...(given !== undefined && { sha256: given }),
    });
    await expect(call).rejects.toMatchObject({ kind: "invalidRestoreImage", message: expect.stringContaining(digest) });
    expect(await folder.names()).toEqual([]);
  });
});

describe("a local file", () => {
  it("is used where it is, by path or file URL, and checked when asked", async () => {
    await using folder = await DownloadFolder.make();
    await using helper = await folder.helper();
    await writeFile(folder.file("a b.ipsw"), content);
    for (const url of [folder.file("a b.ipsw"), pathToFileURL(folder.file("a b.ipsw"))]) {
      const result = await helper.restoreImages.download(url, { sha256: sha256(content) });
      expect(result).toMatchObject({ path: folder.file("a b.ipsw"), origin: "local", received: 0 });
    }
    const wrong = helper.restoreImages.download(folder.file("a b.ipsw"), { sha256: "0".repeat(64) });
    await expect(wrong).rejects.toMatchObject({ kind: "invalidRestoreImage" });
    expect((await folder.read("a b.ipsw")).equals(content)).toBe(true);
    await expect(helper.restoreImages.download(folder.file("none"))).rejects.toMatchObject({
      kind: "fileNotFound",
    });
    await expect(helper.restoreImages.download(folder.path)).rejects.toMatchObject({ kind: "fileNotFound" });
  });

  it("is copied with its holes", async () => {
    await using folder = await DownloadFolder.make();
    await using helper = await folder.helper();
    await execa("truncate", ["-s", "256M", folder.file("holes")]);
    await execa("dd", [
      "if=/dev/urandom",
      `of=${folder.file("holes")}`,
      "bs=1M",
      "count=2",
      "seek=100",
      "conv=notrunc",
    ]);
    await markAsArchive(folder.file("holes"));
    // People keep their large files elsewhere and a link in its place.
    await symlink(folder.file("holes"), folder.file("link"));
    await helper.restoreImages.download(folder.file("link"), { to: folder.file() });
    const copy = await stat(folder.file());
    expect(copy.size).toBe(mib(256));
    expect(copy.blocks * 512).toBeLessThan(mib(8));
    await execa("cmp", [folder.file("holes"), folder.file()]);
    await expect(helper.restoreImages.download(folder.file("holes"), { to: folder.file() })).rejects.toMatchObject({
      kind: "fileExists",
    });
    expect(await folder.names()).toEqual(["holes", "image.ipsw", "link"]);
  });
});

describe("the cache", () => {
  it("keeps what was downloaded, asks whether it is still right, and works without the server", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const first = await helper.restoreImages.download(server.url);
    expect(first.path.startsWith(folder.file("cache"))).toBe(true);
    expect(await helper.restoreImages.download(server.url)).toMatchObject({ origin: "cache", received: 0 });
    server.content = archiveBytes(mib(9), 2);
    server.lastModified = new Date("2025-10-01T00:00:00Z");
    const changed = await helper.restoreImages.download(server.url);
    expect(changed).toMatchObject({ path: first.path, origin: "network", size: mib(9) });
    expect((await readFile(changed.path)).equals(server.content)).toBe(true);
    const { url } = server;
    await server[Symbol.asyncDispose]();
    expect(await helper.restoreImages.download(url)).toMatchObject({ origin: "cache", size: mib(9) });
  });

  it("is listed and pruned, least recently used first, but never what is in use", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const images = helper.restoreImages;
    const paths: string[] = [];
    for (const [index, name] of ["one", "two", "three"].entries()) {
      const { path: file } = await images.download(`${server.origin}/${name}.ipsw`);
      await execa("touch", ["-d", `2025-01-0${index + 1}`, path.join(path.dirname(file), "entry.json")]);
      paths.push(file);
    }
    const { entries } = await images.listCache();
    expect(entries.map(({ path: file }) => file)).toEqual([...paths].reverse());
    expect(entries[0]).toMatchObject({
      url: `${server.origin}/three.ipsw`,
      size: content.length,
      isComplete: true,
      isInUse: false,
    });
    await expect(images.pruneCache({})).rejects.toMatchObject({ kind: "invalidParams" });

    const controller = new AbortController();
    server.rate = mib(1);
    const { reached, listener } = progressReaches(({ completed }) => completed > 0);
    const url = `${server.origin}/four.ipsw`;
    const call = images.download(url, { signal: controller.signal, onProgress: listener });
    await reached;
    const { removed, freed } = await images.pruneCache({ maximumSize: mib(60) });
    expect(removed.map(({ path: file }) => file)).toEqual([paths[0]]);
    expect(freed).toBeGreaterThanOrEqual(content.length);
    expect((await images.pruneCache({ olderThan: 0 })).removed).toHaveLength(2);
    expect((await images.listCache()).entries).toMatchObject([{ url, isComplete: false, isInUse: true }]);
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect((await images.pruneCache({ maximumSize: 0 })).removed).toHaveLength(1);
    expect(await images.listCache()).toMatchObject({ entries: [] });
  });
});

describe("a target that exists", () => {
  it("is taken when it is what the server has, and else replaced only on request", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const images = helper.restoreImages;
    await images.download(server.url, { to: folder.file() });
    expect(await images.download(server.url, { to: folder.file() })).toMatchObject({ origin: "cache" });
    await writeFile(folder.file(), "mine");
    await expect(images.download(server.url, { to: folder.file() })).rejects.toMatchObject({ kind: "fileExists" });
    expect((await folder.read()).toString()).toBe("mine");
    await images.download(server.url, { to: folder.file(), overwrite: true });
    expect((await folder.read()).equals(content)).toBe(true);
    await mkdir(folder.file("empty"));
    await expect(images.download(server.url, { to: folder.file("no/where") })).rejects.toMatchObject({
      kind: "fileNotFound",
    });
  });
});

describe("before anything is downloaded", () => {
  it("libcurl is not loaded; params that make no sense are refused by name", async () => {
    await using folder = await DownloadFolder.make();
    await using helper = await folder.helper();
    const images = helper.restoreImages;
    if (process.platform === "linux") {
      const maps = await readFile(`/proc/${helper.info.helper.processIdentifier}/maps`, "utf8");
      expect(maps).not.toMatch(/libcurl|libcrypto/);
    }
    for (const [url, options, name] of [
      ["ftp://localhost/a", {}, "url"],
      ["http:///a", {}, "url"],
      ["file://elsewhere/a", {}, "url"],
      ["http://localhost/a", { connections: 9 }, "connections"],
      ["http://localhost/a", { connections: 0 }, "connections"],
      ["http://localhost/a", { sha256: "abc" }, "sha256"],
      ["http://localhost/a", { stallTimeout: 0 }, "stallTimeout"],
      ["http://localhost/a", { retries: 101 }, "retries"],
    ] as const) {
      await expect(images.download(url, options)).rejects.toMatchObject({
        kind: "invalidParams",
        message: expect.stringContaining(`params.${name}`),
      });
    }
  });
});

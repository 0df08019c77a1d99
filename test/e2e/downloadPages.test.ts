import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type Behaviour, FileServer } from "../../scripts/standIn/fileServer.js";
import { mib } from "../../src/index.js";
import { DownloadFolder, progressReaches } from "../helpers/downloads.js";
import { archiveBytes, randomBytes } from "../helpers/randomBytes.js";

const content = archiveBytes(mib(24) + 12_345, 1);
const login = "<html>Please log in";

/** A page of a network that wants a login, in place of whatever was asked for. */
const page =
  (headers: Record<string, string> = { "Content-Type": "text/html; charset=utf-8" }): Behaviour =>
  ({ response }) =>
    void response.writeHead(200, { "Content-Length": String(login.length), ...headers }).end(login);

/** Downloads into a folder, or the cache, until some of it is there, then stops; resolves with the bytes that had arrived. */
async function breakOff(
  helper: Awaited<ReturnType<DownloadFolder["helper"]>>,
  folder: DownloadFolder | undefined,
  server: FileServer,
  url = server.url,
): Promise<number> {
  server.rate = mib(2);
  const controller = new AbortController();
  const { reached, listener } = progressReaches(({ completed }) => completed > mib(5));
  const { signal } = controller;
  const call = helper.restoreImages.download(url, { to: folder?.file(), signal, onProgress: listener });
  const { completed } = await reached;
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
  server.rate = Number.POSITIVE_INFINITY;
  return completed;
}

describe("a page in place of a restore image", () => {
  it.each([
    ["as text/html", page()],
    ["without a type", page({})],
    ["with an ETag", page({ "Content-Type": "text/plain", ETag: '"page"' })],
  ])("midway, %s, costs no byte of what is there", async (_, behaviour) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const completed = await breakOff(helper, folder, server);
    const before = server.requests.length;
    server.behaviour = (answering) => (answering.index < before + 6 ? behaviour(answering) : answering.serve());
    const result = await helper.restoreImages.download(server.url, { to: folder.file() });
    expect(result.restartReason).toBeUndefined();
    expect(result.received).toBeLessThanOrEqual(content.length - completed);
    expect((await folder.read()).equals(content)).toBe(true);
  });

  it.each([
    ["as text/html", page(), /a page of text\/html/],
    ["with an ETag", page({ "Content-Type": "text/plain", ETag: '"page"' }), /something else/],
  ])("that stays, %s, is told at last, and what is there is kept", async (_, behaviour, words) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const completed = await breakOff(helper, folder, server);
    const serve = server.behaviour;
    server.behaviour = behaviour;
    const call = helper.restoreImages.download(server.url, { to: folder.file(), retries: 1 });
    await expect(call).rejects.toMatchObject({
      kind: "invalidRestoreImage",
      message: expect.stringMatching(words),
    });
    expect(await folder.names()).not.toContain("image.ipsw");
    server.behaviour = serve;
    const result = await helper.restoreImages.download(server.url, { to: folder.file() });
    expect(result.received).toBeLessThanOrEqual(content.length - completed);
    expect((await folder.read()).equals(content)).toBe(true);
  });

  it("from the start gets no name, and is asked for again", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { behaviour: page() });
    await using helper = await folder.helper();
    await expect(helper.restoreImages.download(server.url, { to: folder.file() })).rejects.toMatchObject({
      kind: "invalidRestoreImage",
      message: expect.stringMatching(/a page of text\/html/),
    });
    expect(await folder.names()).toEqual([]);
    const asked = server.requests.length;
    expect(asked).toBeGreaterThan(1);
    server.behaviour = (answering) => (answering.index < asked + 2 ? page()(answering) : answering.serve());
    await helper.restoreImages.download(server.url, { to: folder.file() });
    expect((await folder.read()).equals(content)).toBe(true);
  });

  it("is a file all the same when it only is called one", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { headers: { "Content-Type": "text/html" } });
    await using helper = await folder.helper();
    await helper.restoreImages.download(server.url, { to: folder.file(), connections: 1 });
    expect((await folder.read()).equals(content)).toBe(true);
  });
});

describe("a file that is no restore image", () => {
  it.each([
    ["is something else", randomBytes(mib(24), 3), /something else/],
    ["lacks its end", content.subarray(0, content.length - 1), /the end of the archive is missing/],
    ["has something behind its end", Buffer.concat([content, Buffer.alloc(9)]), /9 bytes follow the end/],
  ])("does not get the name: one that %s", async (_, bytes, words) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(bytes);
    await using helper = await folder.helper();
    const refusal = { kind: "invalidRestoreImage", message: expect.stringMatching(words) };
    await expect(helper.restoreImages.download(server.url, { to: folder.file() })).rejects.toMatchObject(refusal);
    expect(await folder.names()).toEqual([]);
    await writeFile(folder.file("local"), bytes);
    const local = helper.restoreImages.download(folder.file("local"), { to: folder.file() });
    await expect(local).rejects.toMatchObject({ kind: "invalidRestoreImage" });
    expect(await folder.names()).toEqual(["local"]);
  });
});

describe("a URL with another signature", () => {
  it("goes on where the other one was broken off, when tag and length are the same", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const completed = await breakOff(helper, folder, server, `${server.url}?signature=1`);
    const result = await helper.restoreImages.download(`${server.url}?signature=2`, { to: folder.file() });
    expect(result.restartReason).toBeUndefined();
    expect(result.received).toBeLessThanOrEqual(content.length - completed);
    expect((await folder.read()).equals(content)).toBe(true);
  });

  it.each([
    ["another file", undefined, archiveBytes(mib(24) + 12_345, 2), /another file/],
    ["only a weak tag", { ETag: 'W/"same"' }, content, /no ETag/],
  ])("begins anew and says why where there is %s", async (_, headers, next, words) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { ...(headers && { headers }) });
    await using helper = await folder.helper();
    await breakOff(helper, folder, server, `${server.url}?signature=1`);
    server.content = next;
    const result = await helper.restoreImages.download(`${server.url}?signature=2`, { to: folder.file() });
    expect(result.restartReason).toMatch(words);
    expect(result.received).toBe(next.length);
    expect((await folder.read()).equals(next)).toBe(true);
  });

  it("finds the file in the cache that another one has brought there", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const signed = (signature: string) => `${server.url}?id=1&signature=${signature}`;
    const first = await helper.restoreImages.download(signed("one"));
    for (const url of [signed("two"), signed("one"), server.url]) {
      expect(await helper.restoreImages.download(url)).toMatchObject({
        path: first.path,
        origin: "cache",
        received: 0,
      });
    }
    expect((await helper.restoreImages.listCache()).entries).toHaveLength(1);
  });

  it("goes on in the cache where another one was broken off", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    const completed = await breakOff(helper, undefined, server, `${server.url}?signature=1`);
    const result = await helper.restoreImages.download(`${server.url}?signature=2`);
    expect(result.restartReason).toBeUndefined();
    expect(result.received).toBeLessThanOrEqual(content.length - completed);
    expect((await readFile(result.path)).equals(content)).toBe(true);
  });

  it.each([
    ["another file", undefined, archiveBytes(mib(24) + 12_345, 2)],
    ["only a weak tag", { ETag: 'W/"same"' }, content],
  ])("does not share a place in the cache with one that has %s", async (_, headers, next) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { ...(headers && { headers }) });
    await using helper = await folder.helper();
    const first = await helper.restoreImages.download(`${server.url}?id=1`);
    server.content = next;
    const second = await helper.restoreImages.download(`${server.url}?id=2`);
    expect(second).toMatchObject({ origin: "network", received: next.length });
    expect(second.path).not.toBe(first.path);
    expect((await readFile(first.path)).equals(content)).toBe(true);
    expect((await readFile(second.path)).equals(next)).toBe(true);
  });

  it("does not take a file of the cache for another one's while the server cannot be asked", async () => {
    await using folder = await DownloadFolder.make();
    const server = await FileServer.start(content);
    const { url } = server;
    await using helper = await folder.helper();
    const download = (id: number) => helper.restoreImages.download(`${url}?id=${id}`, { retries: 0 });
    await download(1);
    await server[Symbol.asyncDispose]();
    await expect(download(2)).rejects.toMatchObject({ kind: "networkError" });
    expect(await download(1)).toMatchObject({ origin: "cache" });
  });
});

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { type Behaviour, FileServer } from "../../scripts/standIn/fileServer.js";
import { launchHelper, mib } from "../../src/index.js";
import { DownloadFolder, progressReaches } from "../helpers/downloads.js";
import { helperPath } from "../helpers/helperPath.js";
import { archiveBytes } from "../helpers/randomBytes.js";

const content = archiveBytes(mib(24) + 12_345, 1);

/** Sends the first part of the body and then lets go of the connection. */
const reset: Behaviour = async ({ head, send, response }) => {
  const { start, end } = head();
  await send(start, Math.floor((start + end) / 2));
  response.socket?.resetAndDestroy();
};

/** Sends the first part of the body and then nothing, for ever. */
const stall: Behaviour = async ({ head, send }) => {
  const { start, end } = head();
  await send(start, Math.floor((start + end) / 2));
};

/** Promises more bytes than it sends. */
const short: Behaviour = async ({ head, send, response }) => {
  const { start, end } = head();
  await send(start, Math.floor((start + end) / 2));
  response.destroy();
};

const busy: Behaviour = ({ response }) => void response.writeHead(503, { "Retry-After": "1" }).end("busy");

/** Misbehaves for the first `count` requests. */
function first(count: number, behaviour: Behaviour): Behaviour {
  return (answering) => (answering.index < count ? behaviour(answering) : answering.serve());
}

const whole: Behaviour = async ({ response, send }) => {
  response.writeHead(200, { "Content-Length": String(content.length), ETag: '"one"' });
  await send(0, content.length);
  response.end();
};

describe("a server that misbehaves", () => {
  it.each([
    ["resets connections", first(3, reset)],
    ["stalls", first(3, stall)],
    ["lies about the length", first(3, short)],
    ["is busy at first", first(2, busy)],
    ["allows one connection only", oneAtATime()],
  ])("%s does not harm the file", async (_, behaviour) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { behaviour });
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, { to: folder.file(), stallTimeout: 1 });
    expect(result).toMatchObject({ size: content.length, received: content.length });
    expect((await folder.read()).equals(content)).toBe(true);
    expect(await folder.names()).toEqual(["image.ipsw"]);
  });

  it.each([
    ["sends the whole file when asked for a part", whole],
    [
      "does so only from the second part on",
      ((answering) => (answering.index === 0 ? answering.serve() : whole(answering))) as Behaviour,
    ],
    [
      "answers 416 to every part",
      ((answering) =>
        answering.asked.range === undefined
          ? whole(answering)
          : void answering.response.writeHead(416).end()) as Behaviour,
    ],
    [
      "sends other parts than it was asked for",
      (async ({ asked, response, send }) => {
        if (asked.range === undefined) return void (await whole({ response, send } as never));
        response.writeHead(206, { "Content-Range": `bytes 5-9/${content.length}`, "Content-Length": "5" }).end("wrong");
      }) as Behaviour,
    ],
  ])("%s: it is downloaded as one stream", async (_, behaviour) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { behaviour });
    await using helper = await folder.helper();
    await helper.restoreImages.download(server.url, { to: folder.file() });
    expect((await folder.read()).equals(content)).toBe(true);
  });

  it.each([1, 4])("changes the file midway, over %i connections: the old part is thrown away", async (connections) => {
    const changed = archiveBytes(mib(24) + 12_345, 2);
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: async (answering) => {
        // Over several connections a part has arrived for sure by then.
        if (answering.index === (connections === 1 ? 1 : 5)) {
          server.content = changed;
          server.lastModified = new Date("2025-12-01T00:00:00Z");
        }
        return answering.index === 0 && connections === 1 ? reset(answering) : answering.serve();
      },
    });
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, { to: folder.file(), connections });
    expect(result.restartReason).toMatch(/changed/);
    expect((await folder.read()).equals(changed)).toBe(true);
  });

  it("changes it under the same ETag, so that only the length tells", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      headers: { ETag: '"same"', "Last-Modified": "Mon, 15 Sep 2025 17:00:00 GMT" },
      behaviour: ({ index, serve }) => {
        if (index === 5) server.content = archiveBytes(mib(20), 3);
        return serve();
      },
    });
    await using helper = await folder.helper();
    const result = await helper.restoreImages.download(server.url, { to: folder.file() });
    expect(result.restartReason).toMatch(/changed/);
    expect((await folder.read()).equals(server.content)).toBe(true);
  });

  it.each([
    ["never sends all it promises", 200, /whole file.*(closed|missing|remaining|transfer)/],
    ["breaks off every answer", 206, /again|reset|closed|remaining/i],
  ])("%s: the download fails and says so", async (_, status, message) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: async ({ head, send, response }) => {
        if (status === 200) response.writeHead(200, { "Content-Length": String(content.length) });
        const { start } = status === 200 ? { start: 0 } : head();
        await send(start, start + 1000);
        response.destroy();
      },
    });
    await using helper = await folder.helper();
    const call = helper.restoreImages.download(server.url, { to: folder.file(), retries: 2 });
    await expect(call).rejects.toMatchObject({ kind: "networkError", message: expect.stringMatching(message) });
    expect(await folder.names()).not.toContain("image.ipsw");
  });

  it("changes the file all the time: the download fails", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: ({ index, serve }) => {
        server.content = archiveBytes(mib(24), index);
        return serve();
      },
    });
    await using helper = await folder.helper();
    const call = helper.restoreImages.download(server.url, { to: folder.file() });
    await expect(call).rejects.toMatchObject({ kind: "networkError", message: expect.stringContaining("changed") });
  });

  it("has nothing there: the status is told, the password is not", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: ({ response }) => void response.writeHead(404).end("no"),
    });
    await using helper = await folder.helper();
    const url = server.url.replace("//", "//me:secret@");
    const error = await helper.restoreImages.download(url, { to: folder.file() }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: "networkError", message: expect.stringContaining("404") });
    expect(String(error)).not.toContain("secret");
    expect(await folder.names()).toEqual([]);
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it("is not there at all", async () => {
    await using folder = await DownloadFolder.make();
    await using helper = await folder.helper();
    const call = helper.restoreImages.download("http://127.0.0.1:1/a", { to: folder.file(), retries: 1 });
    await expect(call).rejects.toMatchObject({ kind: "networkError" });
    expect(await folder.names()).toEqual([]);
  });
});

describe("redirects", () => {
  it("in a circle are given up", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: ({ request, response }) =>
        void response.writeHead(302, { Location: request.url === "/a" ? "/b" : "/a" }).end(),
    });
    await using helper = await folder.helper();
    const call = helper.restoreImages.download(`${server.origin}/a`, { to: folder.file() });
    await expect(call).rejects.toMatchObject({
      kind: "networkError",
      message: expect.stringContaining("more than 10 times"),
    });
  });

  it.each([
    ["another protocol", "file:///etc/passwd"],
    ["nowhere", "http://"],
  ])("to %s are refused", async (_, location) => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, {
      behaviour: ({ response }) => void response.writeHead(302, { Location: location }).end(),
    });
    await using helper = await folder.helper();
    const call = helper.restoreImages.download(server.url, { to: folder.file(), retries: 0 });
    await expect(call).rejects.toMatchObject({ kind: "networkError" });
  });

  it("from https to http are refused, and unknown certificates too", async () => {
    await using folder = await DownloadFolder.make();
    const [key, cert] = [folder.file("key.pem"), folder.file("cert.pem")];
    await execa("openssl", [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
    ]);
    await using plain = await FileServer.start(content);
    await using server = await FileServer.start(content, {
      secure: { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") },
      behaviour: ({ request, response, serve }) =>
        request.url?.startsWith("/images/") ? serve() : void response.writeHead(301, { Location: plain.url }).end(),
    });
    await using trusting = await folder.helper({ CURL_CA_BUNDLE: cert });
    await trusting.restoreImages.download(server.url, { to: folder.file() });
    expect((await folder.read()).equals(content)).toBe(true);
    const down = trusting.restoreImages.download(`${server.origin}/old`, { to: folder.file("b") });
    await expect(down).rejects.toMatchObject({ message: expect.stringContaining("from https to http") });
    expect(plain.requests).toEqual([]);
    await using doubting = await folder.helper();
    const unknown = doubting.restoreImages.download(server.url, { to: folder.file("c") });
    await expect(unknown).rejects.toMatchObject({ message: expect.stringMatching(/certificate/i) });
  });
});

describe("a full disk", () => {
  it("is seen before anything is downloaded, and in the midst of it, and the rest can be fetched", async (context) => {
    await using folder = await DownloadFolder.make();
    const mount = folder.file("small");
    await mkdir(mount);
    const { exitCode } = await execa("mount", ["-t", "tmpfs", "-o", "size=40m", "none", mount], { reject: false });
    if (exitCode !== 0) return context.skip("mounting a small file system needs root");
    try {
      await using server = await FileServer.start(content);
      await using helper = await folder.helper();
      const download = (to: string, onProgress = () => {}) =>
        helper.restoreImages.download(server.url, { to: `${mount}/${to}`, onProgress });
      await writeFile(`${mount}/filler`, Buffer.alloc(mib(20)));
      await expect(download("a")).rejects.toMatchObject({ kind: "outOfDiskSpace" });
      expect(server.sent).toBeLessThan(mib(9));
      await rm(`${mount}/filler`);

      server.rate = mib(2);
      const { reached, listener } = progressReaches(({ completed }) => completed > content.length * 0.4);
      const call = helper.restoreImages.download(server.url, { to: `${mount}/b`, onProgress: listener });
      call.catch(() => {});
      await reached;
      await writeFile(`${mount}/filler`, Buffer.alloc(mib(22)));
      await expect(call).rejects.toMatchObject({
        kind: "outOfDiskSpace",
        message: expect.stringContaining("Free space"),
      });
      await rm(`${mount}/filler`);
      server.rate = Number.POSITIVE_INFINITY;
      const result = await download("b");
      expect(result.received).toBeLessThan(content.length);
      expect((await readFile(`${mount}/b`)).equals(content)).toBe(true);
    } finally {
      await execa("umount", [mount]);
    }
  });
});

describe("a host", () => {
  it("without libcurl is told which package has it", async (context) => {
    if (process.platform !== "linux") return context.skip("libcurl is part of macOS");
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content);
    await using helper = await folder.helper();
    await helper.restoreImages.download(server.url, { to: folder.file() });
    const maps = await readFile(`/proc/${helper.info.helper.processIdentifier}/maps`, "utf8");
    const library = /\S+\/libcurl\S*/.exec(maps)?.[0] ?? "";
    // In a mount namespace of its own the library, and the one that could stand in for it, are empty files.
    const hide = `for file in ${library} $(dirname ${library})/libcurl*.so.4.*; do mount --bind /dev/null "$file"; done`;
    const { exitCode } = await execa("unshare", ["-m", "sh", "-c", hide], { reject: false });
    if (exitCode !== 0) return context.skip("a mount namespace needs root");
    const program = folder.file("helper.sh");
    await writeFile(program, `#!/bin/sh\nexec unshare -m sh -c '${hide}; exec ${helperPath()} "$@"' sh "$@"\n`, {
      mode: 0o755,
    });
    await using without = await launchHelper({ path: program });
    await without.ping();
    await expect(without.restoreImages.download(server.url, { to: folder.file("b") })).rejects.toMatchObject({
      kind: "notSupported",
      message: expect.stringContaining("apt-get install libcurl4"),
    });
  });

  it("is not flooded: a client may have 32 downloads at once", async () => {
    await using folder = await DownloadFolder.make();
    await using server = await FileServer.start(content, { rate: 1000 });
    await using helper = await folder.helper();
    const controllers = Array.from({ length: 33 }, () => new AbortController());
    const calls = controllers.map(({ signal }, index) =>
      helper.restoreImages.download(server.url, { to: folder.file(`${index}`), connections: 1, signal }),
    );
    const ends = Promise.allSettled(calls);
    await expect(calls[32]).rejects.toMatchObject({ kind: "tooManyRequests" });
    for (const controller of controllers) controller.abort();
    const reasons = (await ends).map((end) => end.status === "rejected" && (end.reason as Error).name);
    expect(reasons.filter((name) => name === "AbortError")).toHaveLength(32);
    server.rate = Number.POSITIVE_INFINITY;
    await helper.restoreImages.download(server.url, { to: folder.file() });
  });
});

/** Refuses a request while another is being answered. */
function oneAtATime(): Behaviour {
  let isBusy = false;
  return async (answering) => {
    if (isBusy) return busy(answering);
    isBusy = true;
    await answering.serve();
    isBusy = false;
  };
}

import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { restoreImageCatalog } from "../../scripts/restoreImage/catalog.js";
import { type Behaviour, FileServer, roomIn } from "../../scripts/standIn/fileServer.js";
import { type Helper, launchHelper, RequestError } from "../../src/index.js";

// macOS asks Apple's own server and nobody else.
describe.skipIf(process.platform === "darwin")("the list of restore images over HTTP (Linux hosts only)", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1", NO_PROXY: "localhost" } });
  });
  afterAll(() => helper?.[Symbol.asyncDispose]());

  const good = restoreImageCatalog([
    { version: "27.0", build: "26A5001z", url: "https://example.com/a.ipsw" },
    { version: "26.1", build: "25B78", url: "https://example.com/b.ipsw" },
  ]);

  async function failure(behaviour: Behaviour, content = ""): Promise<RequestError> {
    await using server = await FileServer.start(Buffer.from(content), { behaviour });
    const error = await helper.restoreImages.latestSupported({ catalogURL: server.url }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RequestError);
    return error as RequestError;
  }

  it("is loaded, also by way of a redirect", async () => {
    await using server = await FileServer.start(Buffer.from(good), {
      behaviour: ({ request, response, serve }) => {
        if (request.url === "/list") return serve();
        response.writeHead(302, { Location: "/list" }).end();
      },
    });
    const image = await helper.restoreImages.latestSupported({ catalogURL: server.url });
    expect(image).toMatchObject({ version: "27.0", build: "26A5001z", url: "https://example.com/a.ipsw" });
    expect(server.requests).toHaveLength(2);
  });

  it("is refused as what it is, by naming the server", async () => {
    const html = await failure(
      ({ serve }) => serve(),
      "<!DOCTYPE html><html><body>Sign in to this network</body></html>",
    );
    expect(html.kind).toBe("invalidRestoreImageCatalog");
    expect(html.message).toContain("http://localhost:");
    const cut = await failure(({ serve }) => serve(), good.slice(0, -200));
    expect(cut.kind).toBe("invalidRestoreImageCatalog");
    const other = await failure(({ serve }) => serve(), "<plist version='1.0'><dict/></plist>");
    expect(other.kind).toBe("invalidRestoreImageCatalog");
    const none = await failure(
      ({ serve }) => serve(),
      restoreImageCatalog([{ version: "99.0", build: "98A1", url: "https://example.com/c" }]),
    );
    expect(none.kind).toBe("noSupportedRestoreImagesInCatalog");
  });

  it("a server that fails, leads in a circle, breaks off or sends without end is given up", async () => {
    const broken = await failure(({ response }) => void response.writeHead(500).end("sorry"));
    expect(broken.kind).toBe("restoreImageCatalogLoadFailed");
    expect(broken.message).toContain("500");
    let asked = 0;
    const circle = await failure(({ response }) => {
      asked++;
      response.writeHead(302, { Location: "/again" }).end();
    });
    expect(circle.kind).toBe("restoreImageCatalogLoadFailed");
    expect(asked).toBeLessThan(100);
    const cut = await failure(({ response }) => {
      response.writeHead(200, { "Content-Length": "1000000" });
      response.write(good, () => response.destroy());
    });
    expect(cut.kind).toBe("restoreImageCatalogLoadFailed");
    let sent = 0;
    const huge = await failure(async ({ response }) => {
      response.writeHead(200);
      const piece = Buffer.alloc(1 << 20, " ");
      while (!response.destroyed && sent < 1 << 30) {
        sent += piece.length;
        if (!response.write(piece)) await roomIn(response);
      }
    });
    expect(huge.kind).toBe("restoreImageCatalogLoadFailed");
    expect(sent).toBeLessThan(100 << 20);
  });

  it("nobody there is said so", async () => {
    const server = await FileServer.start(Buffer.alloc(0));
    const { url } = server;
    await server[Symbol.asyncDispose]();
    await expect(helper.restoreImages.latestSupported({ catalogURL: url })).rejects.toMatchObject({
      kind: "restoreImageCatalogLoadFailed",
      message: expect.stringContaining(url),
    });
  });

  it("an image for whose system there is no room is refused before it is downloaded", async () => {
    let total = 1e15;
    await using server = await FileServer.start(Buffer.from("x"), {
      behaviour: ({ request, response }) => {
        if (request.url === "/list") {
          return void response.end(restoreImageCatalog([{ version: "27.0", build: "26A5001z", url: server.url }]));
        }
        if (total === 0) return void response.writeHead(503).end();
        response.writeHead(206, { "Content-Length": "1", "Content-Range": `bytes 0-0/${total}` }).end("x");
      },
    });
    const image = await helper.restoreImages.latestSupported({ catalogURL: `${server.origin}/list` });
    const folder = tmpdir();
    await expect(image.preflight({ folder, downloadFolder: folder })).rejects.toMatchObject({
      kind: "outOfDiskSpace",
      message: expect.stringMatching(
        /system needs at least 1000000000000000, and the rest of the restore image 1000000/,
      ),
    });
    total = 1e7;
    await expect(image.preflight({ folder, diskSize: 1e7 })).rejects.toMatchObject({ kind: "outOfDiskSpace" });
    await expect(image.preflight({ folder, cpuCount: 2 })).rejects.toMatchObject({ kind: "invalidConfiguration" });
    await image.preflight({ folder, downloadFolder: folder, diskSize: 1e9 });
    // What a server does not tell is left to the download.
    total = 0;
    await image.preflight({ folder });
    const nowhere = { url: "ftp://example.com/a.ipsw" };
    await expect(helper.restoreImages.preflight(nowhere)).rejects.toMatchObject({ kind: "invalidParams" });
  });
});

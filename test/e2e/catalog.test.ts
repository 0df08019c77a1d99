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
});

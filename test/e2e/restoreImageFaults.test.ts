import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PropertyValue, propertyList } from "../../scripts/restoreImage/propertyList.js";
import { ZipWriter } from "../../scripts/restoreImage/zip.js";
import { type Helper, launchHelper } from "../../src/index.js";

// On a Mac the framework reads restore images.
describe.skipIf(process.platform === "darwin")("hostile restore images (Linux hosts only)", () => {
  let folder: string;
  let image: string;
  let helper: Helper;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vzkit-restore-image-"));
    image = join(folder, "image.ipsw");
    helper = await launchHelper({ env: { VZKIT_STANDIN_MAC: "1" } });
  });
  afterAll(async () => {
    await helper?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const info = {
    DeviceClass: "vma2macosap",
    RestoreBehavior: "Erase",
    VirtualMachineMinCPUCount: 2,
    VirtualMachineMinHostOS: "13.0.0",
    VirtualMachineMinMemorySizeMB: 4096,
  };
  const names = { ProductVersion: "15.6.1", ProductBuildVersion: "24G90" };
  const manifest = (more: { [key: string]: PropertyValue } = {}) =>
    propertyList({ ...names, BuildIdentities: [{ Info: info }], ...more });
  /** A manifest with some XML of our own in it. */
  const manifestWith = (xml: string) => manifest({ Extra: "HERE" }).replace("<string>HERE</string>", xml);

  async function write(buildManifest: string | Buffer, more: [name: string, content: Buffer][] = []): Promise<void> {
    const archive = await ZipWriter.create(image);
    await archive.add("BuildManifest.plist", Buffer.from(buildManifest as string), { deflate: true });
    await archive.add("Restore.plist", Buffer.from(propertyList(names)), { deflate: true });
    for (const [name, content] of more) await archive.add(name, content);
    await archive.close();
  }

  async function refuses(words: string | RegExp): Promise<void> {
    const message = typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words);
    await expect(helper.restoreImages.load(image)).rejects.toMatchObject({ kind: "invalidRestoreImage", message });
  }

  /** The most memory that the helper ever had, in bytes. */
  async function mostMemory(): Promise<number> {
    const status = await readFile(`/proc/${helper.info.helper.processIdentifier}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  }

  it("a good one is read, so that the others fail for what is wrong with them", async () => {
    await write(manifestWith("<array><real>1.5</real><date>2025-09-15T17:00:00Z</date><data>AAEC</data></array>"));
    await expect(helper.restoreImages.load(image)).resolves.toMatchObject({ version: "15.6.1", build: "24G90" });
  });

  it("no archive, a cut one, paths out of it, and one for other Macs", async () => {
    await writeFile(image, "not an archive, but long enough to be one");
    await refuses("no zip archive");
    await write(manifest());
    const { length } = await readFile(image);
    for (const part of [0, 10, length / 2, length - 1]) {
      await write(manifest());
      await truncate(image, Math.floor(part));
      await refuses(/too short|no zip archive|cut short/);
    }
    for (const name of ["../escape", "a/../../b", "/etc/passwd", "a\\..\\b"]) {
      await write(manifest(), [[name, Buffer.from("x")]]);
      await refuses("leads out of a folder");
    }
    await write(manifest({ BuildIdentities: [{ Info: { ...info, DeviceClass: "j313ap" } }] }));
    await refuses("not for a virtual Mac");
  });

  it("archives and lists that unpack to far more than they are cost neither memory nor the helper", async () => {
    await write(Buffer.alloc(64 << 20, 0x20));
    await refuses("claims");
    const bombs: [what: string, list: string | Buffer][] = [
      ["many elements", manifestWith(`<array>${"<dict/>".repeat(4_000_000)}</array>`)],
      ["elements in elements", manifestWith("<array>".repeat(1_000_000))],
      ["entities of entities", entityBomb()],
      ["shared parts of a binary list", sharingBomb(12, 10)],
      ["a binary list in itself", binaryList([dictionary(1, 0), text("x")])],
    ];
    for (const [what, list] of bombs) {
      await write(list);
      await expect(helper.restoreImages.load(image), what).rejects.toMatchObject({ kind: "invalidRestoreImage" });
    }
    expect(await mostMemory()).toBeLessThan(512 << 20);
  });

  it.each([
    ["an entity of another file", manifestWith("<string>&file;</string>").replace(/<!DOCTYPE[^>]*>/, externalEntity)],
    ["numbers beyond all bounds", manifestWith(`<integer>${"9".repeat(60)}</integer>`)],
    ["characters that are none", manifestWith("<string>&#xFFFFFFFFF;</string>")],
    ["a key without a value", manifestWith("<dict><key>x</key></dict>")],
    ["a tag without an end", manifestWith("<![CDATA[")],
    ["bytes that are no UTF-8", Buffer.concat([Buffer.from(manifest()).subarray(0, 300), Buffer.from([0xff, 0xc0])])],
    ["another encoding", manifest().replace("UTF-8", "UTF-7")],
    ["the format of long ago", "{ ProductVersion = 15; }"],
  ])("%s in a list is refused", async (_, list) => {
    await write(list);
    await refuses("no property list");
  });

  it("random mistakes in a list never end the helper", async () => {
    const list = Buffer.from(manifestWith("<array><real>1.5</real><data>AAEC</data><true/></array>"));
    const parts = ["<array>", "</dict>", "<key>", "&#x", "<!--", "<![CDATA[", "<?", "<!DOCTYPE", "\0", "bplist00"];
    let seed = 1;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (let round = 0; round < 300; round++) {
      let bytes = list;
      for (let mistakes = 1 + random(5); mistakes > 0; mistakes--) {
        const at = random(bytes.length);
        const insert = random(2) === 0 ? Buffer.from([random(256)]) : Buffer.from(parts[random(parts.length)] ?? "");
        bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + random(20))]);
      }
      await write(bytes);
      const outcome = await helper.restoreImages.load(image).then(
        () => "invalidRestoreImage",
        (error: { kind?: string }) => error.kind,
      );
      expect(outcome, bytes.toString("latin1")).toBe("invalidRestoreImage");
    }
    await helper.ping();
  });
});

const externalEntity = '<!DOCTYPE plist [<!ENTITY file SYSTEM "file:///etc/passwd">]>';

/** Ten of the next, ten times over: a kilobyte that unfolds to ten gigabytes. */
function entityBomb(): string {
  const entities = [..."bcdefghij"].map((name, index) => {
    const previous = String.fromCharCode(name.charCodeAt(0) - 1);
    return `<!ENTITY ${name} "${`&${index === 0 ? "a" : previous};`.repeat(10)}">`;
  });
  const types = `<!DOCTYPE plist [<!ENTITY a "ha">${entities.join("")}]>`;
  return `<?xml version="1.0"?>${types}<plist><dict><key>x</key><string>&j;</string></dict></plist>`;
}

/** The same as a binary list, where the parts are shared. */
function sharingBomb(levels: number, width: number): Buffer {
  const arrays = Array.from({ length: levels }, (_, level) =>
    Buffer.from([0xa0 | width, ...Array<number>(width).fill(level + 3)]),
  );
  return binaryList([dictionary(1, 2), text("x"), ...arrays, text("ha")]);
}

const dictionary = (key: number, value: number) => Buffer.from([0xd1, key, value]);
const text = (value: string) => Buffer.from([0x50 | value.length, ...Buffer.from(value)]);

/** A binary property list with the first object on top. */
function binaryList(objects: Buffer[]): Buffer {
  const head = Buffer.from("bplist00");
  let end = head.length;
  const offsets = objects.map((object) => {
    end += object.length;
    return end - object.length;
  });
  const table = Buffer.alloc(4 * offsets.length);
  for (const [index, offset] of offsets.entries()) table.writeUInt32BE(offset, 4 * index);
  const trailer = Buffer.alloc(32);
  trailer.set([4, 1], 6);
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(end), 24);
  return Buffer.concat([head, ...objects, table, trailer]);
}

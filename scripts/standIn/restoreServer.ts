import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { guestFiles } from "../guest/files.js";
import { restoreImageCatalog } from "../restoreImage/catalog.js";
import { makeRestoreImage } from "../restoreImage/make.js";
import { FileServer } from "./fileServer.js";

/** Where the guest finds what is shared under this name, as a Mac does. */
export const projectFolder = "/Volumes/My Shared Files/My Project";
/** What the guest writes there, by itself, each time it has started. */
export const proofFile = "written-by-the-guest.txt";

const version = "27.0";
const build = "26A5001z";

export interface RestoreServerOptions {
  /** Keeps the restore image and the port, so that a download goes on after the server has gone and come again. */
  folder: string;
  /** Bytes that the payload of the restore image has at least. */
  payloadSize?: number;
  /** Bytes a second of each connection. */
  rate?: number;
}

/** A server with a restore image for the stand-in Mac and a list in Apple's format that names it. */
export class RestoreServer implements AsyncDisposable {
  readonly files: FileServer;

  private constructor(files: FileServer) {
    this.files = files;
  }

  static async start({ folder, payloadSize, rate }: RestoreServerOptions): Promise<RestoreServer> {
    await mkdir(folder, { recursive: true });
    const image = join(folder, "Restore.ipsw");
    if (!existsSync(image)) await makeImage(image, payloadSize);
    const portFile = join(folder, "port");
    const port = Number(await readFile(portFile, "utf8").catch(() => "0"));
    const content = await readFile(image);
    const files = await FileServer.start(content, { port, ...(rate !== undefined && { rate }) });
    await writeFile(portFile, String(files.port));
    const list = restoreImageCatalog([{ version, build, url: files.url }]);
    files.behaviour = ({ request, response, serve }) =>
      request.url === "/catalog.xml" ? void response.end(list) : serve();
    return new RestoreServer(files);
  }

  /** What a program needs in its environment to have a stand-in Mac and to find this server. */
  get environment(): Record<string, string> {
    return {
      VZKIT_STANDIN_MAC: "1",
      VZKIT_RESTORE_IMAGE_CATALOG: `${this.files.origin}/catalog.xml`,
      NO_PROXY: "localhost",
    };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.files[Symbol.asyncDispose]();
  }
}

async function makeImage(path: string, payloadSize: number | undefined): Promise<void> {
  const { kernel, initrd } = guestFiles();
  const temporary = `${path}.new-${process.pid}`;
  await makeRestoreImage({
    path: temporary,
    kernel,
    initialRamdisk: initrd,
    version,
    build,
    commandLine: `console=hvc0 quiet vzkit.run="${proofCommand}"`,
    ...(payloadSize !== undefined && { payloadSize }),
  });
  await rename(temporary, path);
}

/** Tells from inside what the guest is and sees, then leaves it running. No double quotes: it is a word of a command line. */
const proofCommand = [
  `cd '${projectFolder}'`,
  `{ echo system: $(uname -sr); echo processors: $(nproc); echo mounted: $(mount | grep Project); echo sees: *; } >.proof`,
  `mv .proof ${proofFile}`,
  "sync",
  "sleep 2147483647",
].join("; ");

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Helper, launchHelper, type RestoreImageDownloadProgress } from "../../src/index.js";

/** A folder of its own for downloads and for the cache of a helper. */
export class DownloadFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(folder: string) {
    this.path = folder;
  }

  static async make(): Promise<DownloadFolder> {
    return new DownloadFolder(await mkdtemp(path.join(tmpdir(), "vzkit-download-")));
  }

  file(name = "image.ipsw"): string {
    return path.join(this.path, name);
  }

  /** A helper whose cache lies here. It asks servers directly, whatever proxy this process has. */
  helper(env: Record<string, string> = {}): Promise<Helper> {
    return launchHelper({ env: { XDG_CACHE_HOME: this.file("cache"), NO_PROXY: "localhost,127.0.0.1", ...env } });
  }

  /** What lies here, hidden files too, without the cache. */
  async names(): Promise<string[]> {
    return (await readdir(this.path)).filter((name) => name !== "cache").sort();
  }

  read(name = "image.ipsw"): Promise<Buffer> {
    return readFile(this.file(name));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** Resolves once the progress it is given satisfies `condition`; hand `listener` to a download. */
export function progressReaches(condition: (progress: RestoreImageDownloadProgress) => boolean): {
  reached: Promise<RestoreImageDownloadProgress>;
  listener: (progress: RestoreImageDownloadProgress) => void;
} {
  let resolve: (progress: RestoreImageDownloadProgress) => void;
  const reached = new Promise<RestoreImageDownloadProgress>((fulfil) => {
    resolve = fulfil;
  });
  return { reached, listener: (progress) => condition(progress) && resolve(progress) };
}

/** Resolves when the journal beside `file` vouches for so many bytes. */
export async function journalHolds(file: string, bytes: number): Promise<void> {
  const journal = path.join(path.dirname(file), `.${path.basename(file)}.vzkit-part.json`);
  for (;;) {
    const text = await readFile(journal, "utf8").catch(() => "");
    const { completed = [] } = (text ? JSON.parse(text) : {}) as { completed?: [number, number][] };
    if (completed.reduce((sum, [start, end]) => sum + end - start, 0) >= bytes) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

import { statfsSync } from "node:fs";

/** "850 ms", "12 s", "3 min 05 s" */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** "512 B", "2.9 MB", "3.1 GB" (powers of ten, as download sizes are shown everywhere) */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${value} B` : `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

/**
 * Shows what is going on, on standard error, so that standard output stays free for answers. On a terminal the
 * current line is rewritten; elsewhere (a log) a line comes every ten seconds.
 */
export class Progress {
  readonly #out: NodeJS.WriteStream;
  readonly #started = performance.now();
  #timer: NodeJS.Timeout | undefined;
  readonly #prefix: string;
  #detail = "";

  /** @param prefix what every line begins with */
  constructor(out: NodeJS.WriteStream = process.stderr, prefix = "") {
    this.#out = out;
    this.#prefix = prefix;
  }

  /** Prints a line of its own. */
  line(text: string): void {
    this.#clear();
    this.#out.write(`${this.#prefix}${text}\n`);
  }

  /** Says what the running step is doing now, in a few words. */
  detail(text: string): void {
    this.#detail = text;
  }

  /**
   * Runs `work` under a title, with elapsed time and the disk space it takes up in `folder` while it runs.
   * The disk space is a difference in free space: close enough for a progress line, and free of charge.
   */
  async during<Result>(title: string, folder: string, work: () => Promise<Result>): Promise<Result> {
    const began = performance.now();
    const freeBefore = freeBytes(folder);
    const state = () => {
      const used = freeBefore - freeBytes(folder);
      const size = used > 1_000_000 ? `, ${formatBytes(used)}` : "";
      return `${formatDuration(performance.now() - began)}${size}`;
    };
    this.line(`${title} ...`);
    this.#detail = "";
    const terminal = this.#out.isTTY === true;
    this.#timer = setInterval(
      () => {
        const text = `${this.#prefix}  ${state()}${this.#detail ? `: ${this.#detail}` : ""}`;
        this.#out.write(terminal ? `\r\u001b[K${text.slice(0, (this.#out.columns || 80) - 1)}` : `${text}\n`);
      },
      terminal ? 250 : 10_000,
    );
    try {
      const result = await work();
      this.#stop();
      this.line(`  done in ${state()}`);
      return result;
    } finally {
      this.#stop();
    }
  }

  /** Time since this object was made, for a closing line. */
  get elapsed(): string {
    return formatDuration(performance.now() - this.#started);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#clear();
  }

  #clear(): void {
    if (this.#out.isTTY) this.#out.write("\r\u001b[K");
  }
}

import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

/** Where the benchmark keeps its programs and large files. */
export const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "vzkit", "bench");

/** Compiles the C echo, the floor that message figures are held against, and returns its path. */
export async function buildEcho(): Promise<string> {
  await mkdir(cache, { recursive: true });
  const program = path.join(cache, "echo");
  await execa("cc", ["-O2", "-o", program, fileURLToPath(new URL("echo.c", import.meta.url))]);
  return program;
}

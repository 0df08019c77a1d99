import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Hashes texts and files into a key that changes when any of them does. */
export async function keyOf(texts: readonly string[], files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text}\0`);
  for (const file of files) hash.update(`${file}\0`).update(await readFile(file));
  return hash.digest("hex");
}

/**
 * Gives what `work` gave the last time, when `key` is the same, or runs it. `work` writes its files before it ends; the
 * answer is written last, so that an interruption leaves nothing that counts.
 *
 * @param lasts whether an answer is the same the next time; one that is not is not kept
 */
export async function kept<Answer>(
  path: string,
  key: string,
  work: () => Promise<Answer>,
  lasts: (answer: Answer) => boolean = () => true,
): Promise<Answer> {
  if (existsSync(path)) {
    const last = JSON.parse(await readFile(path, "utf8")) as { key: string; answer: Answer };
    if (last.key === key) return last.answer;
  }
  const answer = await work();
  if (!lasts(answer)) return answer;
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, JSON.stringify({ key, answer }));
  await rename(temporary, path);
  return answer;
}

/** Removes what `work` made and the answer to it, which would otherwise count on. The answer goes first. */
export async function forget(path: string, made: string): Promise<void> {
  await rm(path, { force: true });
  await rm(made, { force: true });
}

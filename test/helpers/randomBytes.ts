import { createCipheriv, createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** Bytes that look random, the same ones for the same seed. */
export function randomBytes(size: number, seed: number): Buffer {
  const key = createHash("sha256").update(String(seed)).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** Random bytes that begin and end as a zip archive does, which is all that a download looks at. */
export function archiveBytes(size: number, seed: number): Buffer {
  const bytes = randomBytes(size, seed);
  bytes.write("PK\u0003\u0004", 0, "latin1");
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.copy(bytes, size - end.length);
  return bytes;
}

/** Makes a file begin and end as a zip archive does. */
export async function markAsArchive(file: string): Promise<void> {
  await using handle = await open(file, "r+");
  const { size } = await handle.stat();
  const marks = archiveBytes(1000, 0);
  await handle.write(marks, 0, 4, 0);
  await handle.write(marks, marks.length - 22, 22, size - 22);
}

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

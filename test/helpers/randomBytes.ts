import { createCipheriv, createHash } from "node:crypto";

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

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

import { createCipheriv, createHash } from "node:crypto";

/** Bytes that look random, the same ones for the same seed. */
export function randomBytes(size: number, seed: number): Buffer {
  const key = createHash("sha256").update(String(seed)).digest();
  return createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** One entry of an archive. Everything belongs to root and carries no time, so that equal input gives equal bytes. */
export type CpioEntry =
  | { path: string; kind: "directory"; mode?: number }
  | { path: string; kind: "file"; content: Uint8Array; mode: number }
  | { path: string; kind: "link"; target: string };

const TYPES = { directory: 0o040000, file: 0o100000, link: 0o120000 };

function header(fields: { inode: number; mode: number; size: number; nameSize: number }): Buffer {
  const hex = (value: number) => value.toString(16).padStart(8, "0").toUpperCase();
  const { inode, mode, size, nameSize } = fields;
  // In order: inode, mode, uid, gid, links, time, size, device (2), special device (2), name size, checksum.
  const values = [inode, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, nameSize, 0];
  return Buffer.from(`070701${values.map(hex).join("")}`, "latin1");
}

function padded(...parts: Uint8Array[]): Buffer {
  const joined = Buffer.concat(parts);
  return Buffer.concat([joined, Buffer.alloc((4 - (joined.length % 4)) % 4)]);
}

function record(path: string, inode: number, mode: number, content: Uint8Array): Buffer[] {
  const name = Buffer.from(`${path}\0`);
  const head = header({ inode, mode, size: content.length, nameSize: name.length });
  return [padded(head, name), padded(content)];
}

/** Packs an archive in the "newc" format, which is what the Linux kernel unpacks at boot. */
export function packCpio(entries: CpioEntry[]): Buffer {
  const parts = entries.flatMap((entry, index) => {
    const content =
      entry.kind === "file" ? entry.content : Buffer.from(entry.kind === "link" ? entry.target : "", "utf8");
    const permissions = entry.kind === "link" ? 0o777 : (entry.mode ?? 0o755);
    return record(entry.path, index + 1, TYPES[entry.kind] | permissions, content);
  });
  return Buffer.concat([...parts, ...record("TRAILER!!!", 0, 0, new Uint8Array())]);
}

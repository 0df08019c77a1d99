import { type FileHandle, open } from "node:fs/promises";
import { crc32, deflateRawSync } from "node:zlib";

interface Entry {
  name: Buffer;
  method: 0 | 8;
  crc: number;
  stored: number;
  size: number;
  offset: number;
}

/** Writes a zip archive in the zip64 form that restore images have, whatever their size. */
export class ZipWriter {
  readonly #file: FileHandle;
  readonly #entries: Entry[] = [];
  #position = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** A new archive; a file that exists is replaced. */
  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, "w", 0o644));
  }

  async add(name: string, content: Buffer, { deflate = false }: { deflate?: boolean } = {}): Promise<void> {
    const stored = deflate ? deflateRawSync(content) : content;
    const entry: Entry = {
      name: Buffer.from(name),
      method: deflate ? 8 : 0,
      crc: crc32(content),
      stored: stored.length,
      size: content.length,
      offset: this.#position,
    };
    this.#entries.push(entry);
    const extra = sizes64([entry.size, entry.stored]);
    const head = numbers([4, 0x04034b50], [2, 45], [2, 0], [2, entry.method], [4, 0], [4, entry.crc]);
    const rest = numbers([4, NOT_HERE], [4, NOT_HERE], [2, entry.name.length], [2, extra.length]);
    await this.#write(Buffer.concat([head, rest, entry.name, extra]));
    await this.#write(stored);
  }

  /** Writes the directory. Nothing can be added afterwards. */
  async close(): Promise<void> {
    const start = this.#position;
    for (const entry of this.#entries) await this.#write(directoryEntry(entry));
    const size = this.#position - start;
    const count = this.#entries.length;
    const record = this.#position;
    await this.#write(
      numbers(
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [4, 0],
        [4, 0],
        [8, count],
        [8, count],
        [8, size],
        [8, start],
      ),
    );
    await this.#write(numbers([4, 0x07064b50], [4, 0], [8, record], [4, 1]));
    await this.#write(
      numbers([4, 0x06054b50], [2, 0], [2, 0], [2, 0xffff], [2, 0xffff], [4, NOT_HERE], [4, NOT_HERE], [2, 0]),
    );
    await this.#file.sync();
    await this.#file.close();
  }

  async #write(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      done += (await this.#file.write(bytes, done, bytes.length - done, this.#position + done)).bytesWritten;
    }
    this.#position += bytes.length;
  }
}

/** Says that a number stands in the zip64 field. */
const NOT_HERE = 0xffffffff;

function directoryEntry(entry: Entry): Buffer {
  const extra = sizes64([entry.size, entry.stored, entry.offset]);
  const fields = numbers(
    [4, 0x02014b50],
    [2, 45],
    [2, 45],
    [2, 0],
    [2, entry.method],
    [4, 0],
    [4, entry.crc],
    [4, NOT_HERE],
    [4, NOT_HERE],
    [2, entry.name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, NOT_HERE],
  );
  return Buffer.concat([fields, entry.name, extra]);
}

function sizes64(values: number[]): Buffer {
  return Buffer.concat([numbers([2, 1], [2, values.length * 8]), ...values.map((value) => numbers([8, value]))]);
}

/** Little-endian numbers, each with its size in bytes. */
function numbers(...fields: [2 | 4 | 8, number][]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let position = 0;
  for (const [size, value] of fields) {
    if (size === 2) bytes.writeUInt16LE(value, position);
    else if (size === 4) bytes.writeUInt32LE(value, position);
    else bytes.writeBigUInt64LE(BigInt(value), position);
    position += size;
  }
  return bytes;
}

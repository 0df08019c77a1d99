import { crc32, inflateSync } from "node:zlib";

/** A decoded picture, eight bits a channel. */
export interface Picture {
  width: number;
  height: number;
  /** Row by row from the top, `channels` bytes a pixel. */
  pixels: Buffer;
  channels: number;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Reads a PNG file whole, and throws for anything that is not exactly as the format says. */
export function readPNG(file: Buffer): Picture {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error("it does not begin as a PNG file");
  const chunks = [...readChunks(file)];
  const [header] = chunks;
  if (header?.name !== "IHDR" || chunks.at(-1)?.name !== "IEND")
    throw new Error("IHDR or IEND is not where it belongs");
  const [width, height] = [header.content.readUInt32BE(0), header.content.readUInt32BE(4)];
  const [depth, colour, compression, filter, interlace] = header.content.subarray(8);
  if (depth !== 8 || compression || filter || interlace) throw new Error("it is of a kind that nobody asked for");
  const channels = { 2: 3, 6: 4 }[colour as 2 | 6];
  if (channels === undefined) throw new Error(`it has colour type ${colour}`);
  const rows = inflateSync(Buffer.concat(chunks.filter(({ name }) => name === "IDAT").map(({ content }) => content)));
  if (rows.length !== height * (width * channels + 1)) throw new Error(`it has ${rows.length} bytes of rows`);
  return { width, height, channels, pixels: unfilter(rows, width * channels, channels) };
}

function* readChunks(file: Buffer): Generator<{ name: string; content: Buffer }> {
  for (let place = 8; place < file.length; ) {
    const end = place + 8 + file.readUInt32BE(place);
    const body = file.subarray(place + 4, end);
    if (crc32(body) !== file.readUInt32BE(end)) throw new Error("a checksum is wrong");
    yield { name: body.toString("latin1", 0, 4), content: body.subarray(4) };
    place = end + 4;
  }
}

function unfilter(rows: Buffer, length: number, channels: number): Buffer {
  const pixels = Buffer.alloc((rows.length / (length + 1)) * length);
  for (let row = 0; row * length < pixels.length; row++) {
    const kind = rows[row * (length + 1)];
    for (let column = 0; column < length; column++) {
      const at = (up: number, left: number) =>
        row < up || column < left ? 0 : (pixels[(row - up) * length + column - left] ?? 0);
      const [a, b, c] = [at(0, channels), at(1, 0), at(1, channels)];
      const guess = [0, a, b, (a + b) >> 1, paeth(a, b, c)][kind ?? -1];
      if (guess === undefined) throw new Error(`a row has filter ${kind}`);
      pixels[row * length + column] = (rows[row * (length + 1) + 1 + column] ?? 0) + guess;
    }
  }
  return pixels;
}

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

/** How many pixels differ from the one in the corner at the top left. */
export function inkOf({ pixels, channels }: Picture): number {
  const paper = pixels.subarray(0, channels);
  let ink = 0;
  for (let place = 0; place < pixels.length; place += channels) {
    if (!pixels.subarray(place, place + channels).equals(paper)) ink += 1;
  }
  return ink;
}

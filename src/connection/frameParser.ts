import { ProtocolViolationError } from "../base/errors.js";

const PREFIX = Buffer.from("Content-Length: ");
const FIELD_START = "content-";
const HEADER_LIMIT = 8 << 10;
const FIRST_ALLOCATION = 64 << 10;
const CR = 0x0d;
const LF = 0x0a;
const ZERO = 0x30;
const EMPTY = Buffer.alloc(0);

/** Takes one message body: the bytes from `start` to `end`, valid only during the call. */
export type BodyHandler = (bytes: Buffer, start: number, end: number) => void;

/**
 * Cuts a stream of bytes into the bodies of Content-Length framed messages. Bodies that arrive whole are handed on in
 * place, without a copy. Anything that cannot be a frame throws `ProtocolViolationError` at its first wrong byte.
 */
export class FrameParser {
  readonly #onBody: BodyHandler;
  readonly #bodyLimit: number;
  /** The part of a header that has arrived, when its end has not. */
  #header: Buffer = EMPTY;
  /** The part of a body that has arrived, when its end has not; `#bodyFilled` bytes of it are valid. */
  #body: Buffer | undefined;
  #bodyFilled = 0;
  #bodyLength = 0;

  constructor(bodyLimit: number, onBody: BodyHandler) {
    this.#bodyLimit = bodyLimit;
    this.#onBody = onBody;
  }

  /** Whether the bytes so far end between two messages. */
  get isAtBoundary(): boolean {
    return this.#body === undefined && this.#header.length === 0;
  }

  push(chunk: Buffer): void {
    let at = 0;
    let bytes = chunk;
    if (this.#body !== undefined) {
      at = this.#continueBody(chunk);
    } else if (this.#header.length > 0) {
      bytes = Buffer.concat([this.#header, chunk]);
      this.#header = EMPTY;
    }
    while (at < bytes.length) at = this.#readFrame(bytes, at);
  }

  /** Reads the frame at `at` and returns where the next one begins. */
  #readFrame(bytes: Buffer, at: number): number {
    const start = this.#readHeader(bytes, at);
    if (start < 0) {
      this.#header = Buffer.from(bytes.subarray(at));
      return bytes.length;
    }
    const end = start + this.#bodyLength;
    if (end <= bytes.length) {
      this.#onBody(bytes, start, end);
      return end;
    }
    // The announced length is not trusted with memory: the buffer grows with what really arrives.
    this.#body = Buffer.allocUnsafe(Math.min(this.#bodyLength, Math.max(FIRST_ALLOCATION, bytes.length - start)));
    this.#bodyFilled = bytes.copy(this.#body, 0, start);
    return bytes.length;
  }

  /** Adds to the unfinished body and returns where in the chunk the next frame begins. */
  #continueBody(chunk: Buffer): number {
    let body = this.#body ?? EMPTY;
    const taken = Math.min(chunk.length, this.#bodyLength - this.#bodyFilled);
    if (this.#bodyFilled + taken > body.length) {
      const size = Math.min(this.#bodyLength, Math.max(body.length * 2, this.#bodyFilled + taken));
      const grown = Buffer.allocUnsafe(size);
      body.copy(grown, 0, 0, this.#bodyFilled);
      this.#body = body = grown;
    }
    chunk.copy(body, this.#bodyFilled, 0, taken);
    this.#bodyFilled += taken;
    if (this.#bodyFilled === this.#bodyLength) {
      this.#body = undefined;
      this.#onBody(body, 0, this.#bodyLength);
    }
    return taken;
  }

  /** Sets `#bodyLength` and returns where the body begins, or -1 when the header's end has not arrived. */
  #readHeader(bytes: Buffer, at: number): number {
    const start = this.#readPlainHeader(bytes, at);
    return start > 0 ? start : this.#readAnyHeader(bytes, at);
  }

  /** The header that helpers really send, `Content-Length: N` and nothing else; 0 when it is not that. */
  #readPlainHeader(bytes: Buffer, at: number): number {
    for (let index = 0; index < PREFIX.length; index++) if (bytes[at + index] !== PREFIX[index]) return 0;
    let position = at + PREFIX.length;
    let length = 0;
    for (let byte = bytes[position]; byte !== undefined && byte >= ZERO && byte <= ZERO + 9; byte = bytes[++position]) {
      length = length * 10 + byte - ZERO;
    }
    if (position === at + PREFIX.length || length > this.#bodyLimit) return 0;
    if (bytes[position] !== CR || bytes[position + 1] !== LF) return 0;
    if (bytes[position + 2] !== CR || bytes[position + 3] !== LF) return 0;
    this.#bodyLength = length;
    return position + 4;
  }

  #readAnyHeader(bytes: Buffer, at: number): number {
    const end = bytes.indexOf("\r\n\r\n", at, "latin1");
    const complete = end >= 0 && end - at <= HEADER_LIMIT;
    const text = bytes.toString("latin1", at, complete ? end : Math.min(bytes.length, at + HEADER_LIMIT));
    const fields = text.split("\r\n");
    for (const field of fields) checkField(field, bytes, at);
    if (complete) {
      this.#bodyLength = this.#contentLength(fields, bytes, at);
      return end + 4;
    }
    if (bytes.length - at >= HEADER_LIMIT) {
      throw new ProtocolViolationError(`a header of more than ${HEADER_LIMIT} bytes`, bytes.subarray(at));
    }
    return -1;
  }

  #contentLength(fields: string[], bytes: Buffer, at: number): number {
    const values = fields.flatMap((field) => /^content-length:\s*(\d+)\s*$/i.exec(field)?.[1] ?? []);
    const length = values.length === 1 ? Number(values[0]) : Number.NaN;
    if (Number.isNaN(length))
      throw new ProtocolViolationError("a header without one Content-Length", bytes.subarray(at));
    if (length > this.#bodyLimit) {
      const problem = `a message of ${length} bytes, above the limit of ${this.#bodyLimit}`;
      throw new ProtocolViolationError(problem, bytes.subarray(at));
    }
    return length;
  }
}

/** Refuses a header line, whole or not, at its first wrong byte: a stray print must not wait for bytes that never come. */
function checkField(field: string, bytes: Buffer, at: number): void {
  const start = field.slice(0, FIELD_START.length).toLowerCase();
  // A lone CR at the end can be the first half of a line break.
  const isPlausible = FIELD_START.startsWith(start) || start === "\r";
  if (!isPlausible || field.includes("\n")) {
    throw new ProtocolViolationError("no message header", bytes.subarray(at));
  }
}

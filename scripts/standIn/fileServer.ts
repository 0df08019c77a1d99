import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A request as it was asked: which bytes, and how many of them were sent. */
export interface Asked {
  range: string | undefined;
  ifRange: string | undefined;
  sent: number;
}

/** What a behaviour gets to answer a request with. */
export interface Answering {
  asked: Asked;
  /** The number of this request, from 0 on. */
  index: number;
  request: IncomingMessage;
  response: ServerResponse;
  /** Answers as a good server does. */
  serve(): Promise<void>;
  /** Sends headers for the bytes asked for. */
  head(more?: Record<string, string>): { start: number; end: number };
  /** Sends bytes of the file, no faster than the server's rate. */
  send(start: number, end: number): Promise<void>;
}

export type Behaviour = (answering: Answering) => Promise<void> | void;

export interface FileServerOptions {
  behaviour?: Behaviour;
  /** Bytes a second of each connection. */
  rate?: number;
  headers?: Record<string, string>;
  /** Makes it an https server. */
  secure?: { key: string; cert: string };
  /** The port to listen on; any by default, and where that one is taken. */
  port?: number;
}

/** Serves one file over HTTP, and misbehaves when asked to. */
export class FileServer implements AsyncDisposable {
  /** What the server has; replacing it is a change of the file. */
  content: Buffer;
  behaviour: Behaviour;
  rate: number;
  headers: Record<string, string>;
  lastModified = new Date("2025-09-15T17:00:00Z");
  readonly requests: Asked[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #scheme: string;

  private constructor(content: Buffer, { behaviour, rate, headers, secure }: FileServerOptions) {
    this.content = content;
    this.behaviour = behaviour ?? ((answering) => answering.serve());
    this.rate = rate ?? Number.POSITIVE_INFINITY;
    this.headers = headers ?? {};
    const listener: RequestListener = (request, response) => void this.#answer(request, response);
    this.#server = secure ? createSecureServer(secure, listener) : createServer(listener);
    this.#scheme = secure ? "https" : "http";
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => {}).once("close", () => this.#sockets.delete(socket));
    });
  }

  static async start(content: Buffer, options: FileServerOptions = {}): Promise<FileServer> {
    const server = new FileServer(content, options);
    await listen(server.#server, options.port ?? 0);
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `${this.#scheme}://localhost:${this.port}`;
  }

  get url(): string {
    return `${this.origin}/images/Restore.ipsw`;
  }

  get etag(): string {
    return `"${createHash("sha256").update(this.content.subarray(0, 4096)).digest("hex").slice(0, 16)}"`;
  }

  /** Bytes of bodies sent so far. */
  get sent(): number {
    return this.requests.reduce((sum, { sent }) => sum + sent, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { range, "if-range": ifRange } = request.headers;
    const asked: Asked = { range, ifRange: ifRange as string | undefined, sent: 0 };
    const index = this.requests.push(asked) - 1;
    const head = (more: Record<string, string> = {}) => this.#head(asked, response, more);
    const send = (start: number, end: number) => this.#send(asked, response, start, end);
    const serve = async () => {
      const { start, end } = head();
      await send(start, end);
      response.end();
    };
    await this.behaviour({ asked, index, request, response, serve, head, send });
  }

  #head(asked: Asked, response: ServerResponse, more: Record<string, string>): { start: number; end: number } {
    const size = this.content.length;
    const headers: Record<string, string> = {
      ETag: this.etag,
      "Last-Modified": this.lastModified.toUTCString(),
      "Accept-Ranges": "bytes",
      ...this.headers,
      ...more,
    };
    const match = /^bytes=(\d+)-(\d*)$/.exec(asked.range ?? "");
    const isCurrent = asked.ifRange === undefined || [headers.ETag, headers["Last-Modified"]].includes(asked.ifRange);
    if (!match || !isCurrent) {
      response.writeHead(200, { "Content-Length": String(size), ...headers });
      return { start: 0, end: size };
    }
    const start = Number(match[1]);
    const end = match[2] ? Math.min(Number(match[2]) + 1, size) : size;
    if (start >= size) {
      response.writeHead(416, { "Content-Range": `bytes */${size}`, ...headers });
      return { start: 0, end: 0 };
    }
    response.writeHead(206, {
      "Content-Length": String(end - start),
      "Content-Range": `bytes ${start}-${end - 1}/${size}`,
      ...headers,
    });
    return { start, end };
  }

  async #send(asked: Asked, response: ServerResponse, start: number, end: number): Promise<void> {
    const { content } = this;
    const step = Number.isFinite(this.rate) ? Math.max(1024, Math.floor(this.rate / 20)) : 1 << 20;
    for (let place = start; place < end && !response.destroyed; ) {
      const next = Math.min(place + step, end);
      asked.sent += next - place;
      const hasRoom = response.write(content.subarray(place, next));
      place = next;
      if (Number.isFinite(this.rate)) await delay(50);
      else if (!hasRoom) await roomIn(response);
    }
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    await listen(server, 0);
  }
}

/** Resolves when the peer has taken what was written, or is gone. */
export function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
    if (response.destroyed) done();
  });
}

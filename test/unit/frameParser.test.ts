import { describe, expect, it } from "vitest";
import { ProtocolViolationError } from "../../src/base/errors.js";
import { FrameParser } from "../../src/connection/frameParser.js";
import { frame } from "../helpers/memoryPeer.js";

function parse(...chunks: (Buffer | string)[]): string[] {
  const bodies: string[] = [];
  const parser = new FrameParser(1024, (bytes, start, end) => bodies.push(bytes.toString("utf8", start, end)));
  for (const chunk of chunks) parser.push(Buffer.from(chunk));
  return bodies;
}

const twoFrames = Buffer.concat([frame('{"a":"ü"}'), frame('{"b":2}')]);

describe("FrameParser", () => {
  it("takes several frames from one chunk", () => {
    expect(parse(twoFrames)).toEqual(['{"a":"ü"}', '{"b":2}']);
  });

  it("takes frames byte by byte", () => {
    expect(parse(...Array.from(twoFrames, (byte) => Buffer.from([byte])))).toEqual(['{"a":"ü"}', '{"b":2}']);
  });

  it("takes frames cut in two at every place", () => {
    for (let cut = 1; cut < twoFrames.length; cut++) {
      expect(parse(twoFrames.subarray(0, cut), twoFrames.subarray(cut))).toEqual(['{"a":"ü"}', '{"b":2}']);
    }
  });

  it("takes a body that is longer than any chunk and its first buffer", () => {
    const body = JSON.stringify("x".repeat(300_000));
    const bodies: string[] = [];
    const parser = new FrameParser(1 << 20, (bytes, start, end) => bodies.push(bytes.toString("utf8", start, end)));
    const whole = Buffer.concat([frame(body), frame("{}")]);
    for (let at = 0; at < whole.length; at += 7000) parser.push(whole.subarray(at, at + 7000));
    expect(bodies).toEqual([body, "{}"]);
  });

  it("knows whether the bytes end between two messages", () => {
    const parser = new FrameParser(1024, () => {});
    expect(parser.isAtBoundary).toBe(true);
    parser.push(twoFrames.subarray(0, 4));
    expect(parser.isAtBoundary).toBe(false);
    parser.push(twoFrames.subarray(4, 30));
    expect(parser.isAtBoundary).toBe(false);
    parser.push(twoFrames.subarray(30));
    expect(parser.isAtBoundary).toBe(true);
  });

  it("takes an empty body and other spellings of the header", () => {
    expect(parse("Content-Length: 0\r\n\r\n")).toEqual([""]);
    expect(parse("content-length:2\r\nContent-Type: application/json\r\n\r\n{}")).toEqual(["{}"]);
  });

  it.each([
    ["a print", "hello\n"],
    ["the first letter of a print", "h"],
    ["a print after a frame", `${frame("{}")}starting up`],
    ["a print that begins like a header", "Content-Length is what I like\n"],
    ["JSON without a header", '{"jsonrpc":"2.0"}'],
    ["a header without its length", "Content-Type: a\r\n\r\n"],
    ["no header at all", "\r\n\r\n"],
    ["a length that is no number", "Content-Length: many\r\n\r\n"],
    ["a negative length", "Content-Length: -1\r\n\r\n"],
    ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    ["a body above the limit", "Content-Length: 1025\r\n\r\n"],
    ["a body of 10 GB", "Content-Length: 10000000000\r\n\r\n"],
    ["a length of a thousand digits", `Content-Length: ${"9".repeat(1000)}\r\n\r\n`],
    ["a header without end", `Content-Type: ${"x".repeat(9000)}`],
  ])("refuses %s as soon as it is there", (_, bytes) => {
    expect(() => parse(bytes)).toThrow(ProtocolViolationError);
  });

  it("shows the bytes it refuses, shortened", () => {
    const attempt = () => parse(`${"noise ".repeat(100)}\n`);
    expect(attempt).toThrow(/is not the protocol: no message header: "noise noise/);
    try {
      attempt();
    } catch (error) {
      expect((error as ProtocolViolationError).bytes).toHaveLength(200);
    }
  });
});

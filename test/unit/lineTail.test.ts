import { describe, expect, it } from "vitest";
import { LineTail } from "../../src/helper/lineTail.js";

describe("LineTail", () => {
  it("keeps the last lines, whatever the chunks, the unfinished one included", () => {
    const seen: string[] = [];
    const tail = new LineTail(3, (line) => seen.push(line));
    for (const byte of Buffer.from("one\ntwo\r\nthrée\nfour\nfi")) tail.push(Buffer.from([byte]));
    expect(tail.lines).toEqual(["thrée", "four", "fi"]);
    expect(seen).toEqual(["one", "two", "thrée", "four"]);
  });

  it("breaks a line that never ends", () => {
    const tail = new LineTail(2);
    for (let count = 0; count < 100; count++) tail.push(Buffer.alloc(1000, "x"));
    expect(tail.lines.join("").length).toBeLessThan(3 * 8192);
  });
});

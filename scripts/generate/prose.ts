import type { Described, Field, Since } from "./model.js";

export const generatedNotice = "generated from protocol/spec by scripts/generate.ts, do not edit";

const PROCESSORS = { arm64: "Apple silicon", x86_64: "Intel" };

/** "Since macOS 13.0, Apple silicon. Not on Linux.", or nothing when there is nothing to say. */
export function sinceSentence(since: Since | undefined): string | undefined {
  if (since === undefined) return undefined;
  const where = [since.macOS && `macOS ${since.macOS}`, since.arch && PROCESSORS[since.arch]]
    .filter(Boolean)
    .join(", ");
  const linux = linuxWords(since.linux);
  const parts = [where && `Since ${where}`, linux].filter((part) => part !== undefined && part !== "");
  return parts.length === 0 ? undefined : parts.map((part) => `${part?.replace(/\.$/, "")}.`).join(" ");
}

function linuxWords(linux: boolean | string | undefined): string | undefined {
  if (linux === undefined || linux === true) return undefined;
  return linux === false ? "Not on Linux" : `On Linux: ${linux}`;
}

/** The paragraphs of a doc comment: the doc itself, then default, framework symbol and availability. */
export function docParagraphs(node: Described, extra: readonly string[] = []): string[] {
  const fallback = "default" in node ? (node as Field).default : undefined;
  const facts = [
    fallback !== undefined && !mentionsDefault(node.doc) ? `Default: ${fallback}.` : undefined,
    node.wraps.length > 0 ? `Wraps ${node.wraps.map((symbol) => `\`${symbol}\``).join(", ")}.` : undefined,
    sinceSentence(node.since),
  ].filter((fact) => fact !== undefined);
  return [node.doc, ...extra, ...(facts.length > 0 ? [facts.join(" ")] : [])].filter((text) => text !== "");
}

const mentionsDefault = (doc: string): boolean => /by default/.test(doc);

/** Breaks a text into lines of at most `width` characters; a longer word stays whole. */
export function wrapText(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
      if (current !== "" && current.length + 1 + word.length > width) {
        lines.push(current);
        current = word;
      } else current = current === "" ? word : `${current} ${word}`;
    }
    return [...lines, current];
  });
}

/** A JSDoc comment. */
export function jsDoc(paragraphs: readonly string[], indent = ""): string {
  const safe = paragraphs.map((text) => text.replace(/\*\//g, "*\\/"));
  const single = safe.length === 1 ? safe[0] : undefined;
  if (single !== undefined && !single.includes("\n") && indent.length + single.length + 7 <= 120) {
    return `${indent}/** ${single} */\n`;
  }
  const lines = safe.flatMap((text, index) => [...(index > 0 ? [""] : []), ...wrapText(text, 117 - indent.length)]);
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
}

/** A Swift `///` comment. */
export function swiftDoc(paragraphs: readonly string[], indent = ""): string {
  const lines = paragraphs.flatMap((text, index) => [
    ...(index > 0 ? [""] : []),
    ...wrapText(text, 116 - indent.length),
  ]);
  return lines.map((line) => `${indent}///${line === "" ? "" : ` ${line}`}\n`).join("");
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "../../scripts/setup/paths.js";

/** A block of code in a guide. */
export interface Snippet {
  /** The guide, such as `docs/ci.md`. */
  guide: string;
  /** The language that the guide names, such as `ts`. */
  language: string;
  /** The number of its first line in the guide, from 1. */
  line: number;
  code: string;
}

/** Reads all texts for people, by their paths in the project. */
export async function readGuides(): Promise<Map<string, string>> {
  const docs = (await readdir(join(projectRoot, "docs"))).filter((name) => name.endsWith(".md"));
  const paths = ["README.md", "CONTRIBUTING.md", ...docs.sort().map((name) => `docs/${name}`)];
  const texts = await Promise.all(paths.map((path) => readFile(join(projectRoot, path), "utf8")));
  return new Map(paths.map((path, index) => [path, texts[index] ?? ""]));
}

/** Returns the blocks of code of a guide. */
export function snippetsOf(guide: string, text: string): Snippet[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language = "", 2: code = "", index }) => ({
    guide,
    language,
    line: text.slice(0, index).split("\n").length + 1,
    code,
  }));
}

/** Returns the blocks of code of all guides that are in one of the languages. */
export async function snippetsIn(...languages: string[]): Promise<Snippet[]> {
  const all = [...(await readGuides())].flatMap(([guide, text]) => snippetsOf(guide, text));
  return all.filter(({ language }) => languages.includes(language));
}

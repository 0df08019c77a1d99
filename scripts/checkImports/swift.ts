import { isWithin, lineOf, type SourceFile } from "./files.js";

/** Places of which alone something is allowed. */
export interface Places {
  may: string[];
  why: string;
}

export interface TargetWall {
  target: string;
  may: string[];
  why: string;
}

const IMPORT =
  /^[ \t]*(?:@\w+[ \t]+)*(?:(?:public|package|internal|private)[ \t]+)?import[ \t]+(?:(?:struct|class|enum|protocol|func|var|typealias)[ \t]+)?(\w+)/gm;
const CONDITION = /^[ \t]*#(?:if|elseif)\b.*\b(?:os|canImport|targetEnvironment)\(/gm;
const PROCESSOR = /^[ \t]*#(?:if|elseif)\b.*\barch\(/gm;

/** Every import of a module that the target may not know. */
export function findTargetBreaches(files: SourceFile[], { target, may, why }: TargetWall): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(IMPORT)]
      .filter(([, name = ""]) => !may.includes(name))
      .map((match) => `${path}:${lineOf(text, match.index)}: ${target} may not import ${match[1]}: ${why}`),
  );
}

const outside = (files: SourceFile[], { may }: Places): SourceFile[] =>
  files.filter(({ path }) => !may.some((place) => isWithin(path, place)));

/** Every `#if os` outside the places that may differ between systems. */
export function findConditions(files: SourceFile[], places: Places): string[] {
  return outside(files, places).flatMap(({ path, text }) =>
    [...text.matchAll(CONDITION)].map(
      (match) => `${path}:${lineOf(text, match.index)}: no #if for a system here: ${places.why}`,
    ),
  );
}

/** Every `#if arch`, and every name that only Apple silicon has, outside the wall around them. */
export function findProcessorBreaches(files: SourceFile[], names: string[], places: Places): string[] {
  const name = new RegExp(`\\b(?:${names.map((name) => name.replaceAll(".", "\\.")).join("|")})\\b`, "g");
  return outside(files, places).flatMap(({ path, text }) => {
    // Comments may speak of what stands behind the wall.
    const code = text.replace(/\/\/.*/g, "");
    const conditions = [...code.matchAll(PROCESSOR)].map(({ index }) => ({ index, what: "#if for a processor" }));
    const named =
      names.length === 0 ? [] : [...code.matchAll(name)].map((match) => ({ index: match.index, what: match[0] }));
    return [...conditions, ...named].map(
      ({ index, what }) => `${path}:${lineOf(code, index)}: no ${what} here: ${places.why}`,
    );
  });
}

interface AppleType {
  type: string;
  arm64Only?: boolean;
}

/** The types of Apple's API that an Intel Mac does not have. */
export const appleSiliconTypes = (api: AppleType[]): string[] =>
  api.filter(({ arm64Only }) => arm64Only === true).map(({ type }) => type);

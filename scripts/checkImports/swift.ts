import { isWithin, lineOf, type SourceFile } from "./files.js";

export interface TargetWall {
  target: string;
  may: string[];
  why: string;
}

const IMPORT =
  /^[ \t]*(?:@\w+[ \t]+)*(?:(?:public|package|internal|private)[ \t]+)?import[ \t]+(?:(?:struct|class|enum|protocol|func|var|typealias)[ \t]+)?(\w+)/gm;
const CONDITION = /^[ \t]*#(?:if|elseif)\b.*\b(?:os|canImport|targetEnvironment)\(/gm;

/** Every import of a module that the target may not know. */
export function findTargetBreaches(files: SourceFile[], { target, may, why }: TargetWall): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(IMPORT)]
      .filter(([, name = ""]) => !may.includes(name))
      .map((match) => `${path}:${lineOf(text, match.index)}: ${target} may not import ${match[1]}: ${why}`),
  );
}

/** Every `#if os` outside the places that may differ between systems. */
export function findConditions(files: SourceFile[], { may, why }: { may: string[]; why: string }): string[] {
  return files
    .filter(({ path }) => !may.some((place) => isWithin(path, place)))
    .flatMap(({ path, text }) =>
      [...text.matchAll(CONDITION)].map(
        (match) => `${path}:${lineOf(text, match.index)}: no #if for a system here: ${why}`,
      ),
    );
}

/**
 * Brings a Swift declaration into the form in which two of them can be compared: kind, name, labels, types, defaults,
 * effects and accessors stay; what a caller cannot see (parameter names, `let` or `var`, who may override) goes.
 */
export function normalizeDeclaration(declaration: string): string {
  const text = withoutModifiers(declaration.replaceAll(/\s+/g, " ").trim());
  if (/^(\w+\(set\) )?(class |static )?(var|let) /.test(text)) return normalizeProperty(text);
  const open = text.indexOf("(");
  if (open < 0 || !/^(init|func|class func|static func|subscript|case) ?/.test(text)) return text;
  const close = matchingParenthesis(text, open);
  const parameters = splitAtCommas(text.slice(open + 1, close));
  const compact = parameters.map((parameter) => withoutInternalName(parameter, text.startsWith("subscript")));
  return `${typeLevel(text.slice(0, open))}(${compact.join(", ")})${text.slice(close + 1)}`;
}

/** Attributes and modifiers that change nothing for a caller of this module on Linux. */
const invisible =
  /(@preconcurrency|@MainActor|@NSCopying|@objc|\bnonisolated|\boverride|\brequired|\bconvenience|\bfinal|\bopen|\bpublic|\boptional|\bweak|\bunowned) /g;

function withoutModifiers(text: string): string {
  return text.replaceAll(invisible, "");
}

function normalizeProperty(text: string): string {
  const readOnly = /^(static )?let |^\w+\(set\) /.test(text);
  const bare = text.replace(/^\w+\(set\) /, "").replace(/^(static )?let /, "$1var ");
  const accessors = bare.match(/ \{ ([^}]*) \}$/)?.[1] ?? (readOnly ? "get" : "get set");
  return `${typeLevel(bare.replace(/ \{[^}]*\}$/, ""))} { ${accessors} }`;
}

/** `class` and `static` members look the same from outside. */
function typeLevel(text: string): string {
  return text.replace(/^class (?=var|func)/, "static ");
}

function withoutInternalName(parameter: string, isSubscript: boolean): string {
  const [names = "", ...rest] = parameter.split(":");
  const [label = "", internalName] = names.trim().split(" ");
  // A subscript's only name is internal: it is called without a label.
  const visible = isSubscript && internalName === undefined ? "_" : label;
  return rest.length === 0 ? parameter.trim() : `${visible}: ${rest.join(":").trim()}`;
}

function matchingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === "(") depth++;
    if (text[index] === ")" && --depth === 0) return index;
  }
  throw new Error(`unbalanced parentheses in ${text}`);
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? "";
    if ("([<".includes(character)) depth++;
    else if (")]".includes(character) || (character === ">" && text[index - 1] !== "-")) depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  const last = text.slice(start);
  return last.trim() === "" ? parts : [...parts, last];
}

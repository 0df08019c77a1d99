import { relative } from "node:path";

/** What a compiler said of a place in a source. */
export interface Diagnostic {
  /** Below the project, or absolute. Empty when the compiler named none. */
  file: string;
  line: number;
  column: number;
  kind: "error" | "warning";
  message: string;
}

const LINE = /^(?:(<?[^:\n]+?>?):(\d+):(?:(\d+):)? )?(error|warning|fatal error): (.*)$/gm;

/** The errors and warnings of swift-frontend's (`-diagnostic-style llvm`) and clang's output, each once. */
export function parseDiagnostics(output: string, root: string): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const [, path = "", line = "0", column = "0", kind = "", message = ""] of output.matchAll(LINE)) {
    const diagnostic: Diagnostic = {
      file: path.startsWith("<") ? "" : path.startsWith(`${root}/`) ? relative(root, path) : path,
      line: Number(line),
      column: Number(column),
      kind: kind === "warning" ? kind : "error",
      message,
    };
    found.set(formatDiagnostic(diagnostic), diagnostic);
  }
  return [...found.values()];
}

export const formatDiagnostic = ({ file, line, column, kind, message }: Diagnostic) =>
  `${file ? `${file}:${line}:${column}: ` : ""}${kind}: ${message}`;

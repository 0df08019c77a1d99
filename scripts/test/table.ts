import { formatDuration } from "../setup/progress.js";
import type { Outcome } from "./outcome.js";

/** A finished check. */
export interface Row {
  name: string;
  outcome: Outcome;
  /** Milliseconds. */
  duration: number;
}

function cells({ name, outcome, duration }: Row): string[] {
  const { counts } = outcome;
  const numbers = counts ? [counts.passed, counts.failed, counts.skipped].map(String) : ["", "", ""];
  return [outcome.ok ? "ok" : "FAILED", name, ...numbers, formatDuration(duration), outcome.note ?? ""];
}

/** The closing table, in aligned columns. */
export function formatTable(rows: Row[]): string {
  const header = ["", "check", "passed", "failed", "skipped", "time", ""];
  const lines = [header, ...rows.map(cells)];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const alignRight = (column: number) => column >= 2 && column <= 5;
  const pad = (cell: string, column: number) =>
    alignRight(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}

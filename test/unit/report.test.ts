import { describe, expect, it } from "vitest";
import type { DoctorFact } from "../../src/cli/doctor.js";
import { writeReport } from "../../src/cli/report.js";

function report(facts: DoctorFact[], terminal: { isTTY?: boolean; hasColors?: () => boolean } = {}): string {
  let text = "";
  writeReport(facts, { ...terminal, write: (more) => (text += more) });
  return text;
}

const locked: DoctorFact = { id: "loginKeychain", status: "problem", finding: "It is locked.", remedy: "Unlock it." };
const fine: DoctorFact = { id: "qemu", status: "ok", finding: "QEMU 10." };

describe("the doctor's report", () => {
  it("has a line for each fact, remedies below, and the sum", () => {
    expect(report([locked, fine])).toBe(
      [
        "✘ login keychain  It is locked.",
        "                  → Unlock it.",
        "✔ QEMU            QEMU 10.",
        "",
        "1 problem: guests do not run like this.",
        "",
      ].join("\n"),
    );
    expect(report([fine])).toContain("\nNo problem.\n");
    const warnings: DoctorFact[] = [1, 2].map(() => ({ ...locked, status: "warning" }));
    expect(report(warnings)).toContain("No problem, 2 warnings.");
  });

  it("is coloured on terminals that have colours", () => {
    expect(report([fine], { isTTY: true, hasColors: () => true })).toContain("\u001b[32m✔\u001b[39m");
    expect(report([fine], { isTTY: true, hasColors: () => false })).not.toContain("\u001b");
    expect(report([fine], { hasColors: () => true })).not.toContain("\u001b");
  });

  it("passes no control characters on to the terminal", () => {
    const text = report([{ ...fine, finding: "a\u001b[2Jb\u0007c\u009bd\nsecond line" }]);
    expect(text).toContain("a [2Jb c d\n        second line");
  });

  it("shows facts and values that a newer helper may know", () => {
    expect(report([{ id: "somethingNew" as never, status: "splendid" as never, finding: "New." }])).toContain(
      "? somethingNew  New.",
    );
  });
});

import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Build, describeBuild } from "../../scripts/checkMac/build.js";
import { checkFolder } from "../../scripts/checkMac/check.js";
import { formatDiagnostic } from "../../scripts/checkMac/diagnostics.js";
import { macModulesProblem } from "../../scripts/setup/macModules/step.js";
import { Plantings } from "../helpers/plantings.js";

const problem = macModulesProblem();

interface Plant {
  what: string;
  code: string;
  /** What the compiler says of it. */
  says: RegExp;
}

const platform = "helper/Sources/Platform/HostFacts.swift";
const window = "helper/Sources/HelperWindow/MachineWindowContent.swift";

/** Mistakes that every Mac's compiler sees, each in the function or class of one line. */
const mistakes: Plant[] = [
  {
    what: "a call of macOS 14 without #available",
    code: 'func planted1(_ m: VZVirtualMachine) { m.saveMachineStateTo(url: URL(fileURLWithPath: "/")) { _ in } }',
    says: /error: 'saveMachineStateTo.*' is only available in macOS 14\.0 or newer/,
  },
  {
    what: "a name of Glibc's",
    code: "func planted2() -> Int32 { epoll_create1(0) }",
    says: /error: cannot find 'epoll_create1' in scope/,
  },
  {
    what: "SOCK_STREAM as Glibc has it",
    code: "func planted3() -> Int32 { socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) }",
    says: /error: value of type 'Int32' has no member 'rawValue'/,
  },
  {
    what: "a mode_t mixed with Int32",
    code: "func planted4(_ mode: mode_t) -> Int32 { mode }",
    says: /error: cannot convert return expression of type 'mode_t'.* to return type 'Int32'/,
  },
  {
    what: "a method of a delegate that is never called",
    code: "final class Planted5: NSObject, VZVirtualMachineDelegate { func guestDidStopp(_ virtualMachine: VZVirtualMachine) {} }",
    says: /warning: .*'guestDidStopp.*' nearly matches optional requirement 'guestDidStop/,
  },
  {
    what: "a symbol that the list of Apple's API does not have",
    code: "func planted6(_ machine: VZVirtualMachine) { machine.hibernate() }",
    says: /error: value of type 'VZVirtualMachine' has no member 'hibernate'/,
  },
];

const offMainActor: Plant = {
  what: "a call of AppKit off the main actor",
  code: "import AppKit\nfunc planted7(_ window: NSWindow) { window.center() }",
  says: /error: call to main actor-isolated instance method 'center\(\)' in a synchronous nonisolated context/,
};

const siliconOnly: Plant = {
  what: "a type of Apple silicon's on x86_64",
  code: "func planted8(_ model: VZMacHardwareModel) -> Bool { model.isSupported }",
  says: /error: cannot find type 'VZMacHardwareModel' in scope/,
};

describe.skipIf(problem)(`compiling for a Mac${problem ? ` [${problem}]` : ""}`, { timeout: 600_000 }, () => {
  let plantings: Plantings;

  beforeAll(async () => {
    plantings = await Plantings.open(join(checkFolder, "planted"));
  }, 600_000);

  /** Adds the plants to a copy of a source; gives the line each begins in, and all that is said of the target. */
  async function compileWith(target: string, file: string, plants: Plant[], where: Build) {
    const { lines, result } = await plantings.compile(
      target,
      file,
      plants.map(({ code }) => code),
      where,
    );
    return { lines, said: result.diagnostics.map(formatDiagnostic) };
  }

  it("names file and line of each mistake that any Mac would see", async () => {
    const where = plantings.build("arm64");
    const { lines, said } = await compileWith("Platform", platform, mistakes, where);
    for (const [index, { what, says }] of mistakes.entries()) {
      const here = said.filter((each) => each.startsWith(`${platform}:${lines[index]}:`));
      expect(here.join("\n"), `${what} (${describeBuild(where)}); all that was said:\n${said.join("\n")}`).toMatch(
        says,
      );
    }
  });

  it("names file and line of what Apple silicon alone has, on x86_64 only", async () => {
    const intel = await compileWith("Platform", platform, [siliconOnly], plantings.build("x86_64"));
    const here = intel.said.filter((each) => each.startsWith(`${platform}:${intel.lines[0]}:`));
    expect(here.join("\n"), intel.said.join("\n")).toMatch(siliconOnly.says);
    const silicon = await compileWith("Platform", platform, [siliconOnly], plantings.build("arm64"));
    expect(silicon.said).toEqual([]);
  });

  it("names file and line of a call of AppKit off the main actor", async () => {
    const { lines, said } = await compileWith("HelperWindow", window, [offMainActor], plantings.build("arm64"));
    const here = said.filter((each) => each.startsWith(`${window}:${lines[0]}:`));
    expect(here.join("\n"), said.join("\n")).toMatch(offMainActor.says);
  });
});

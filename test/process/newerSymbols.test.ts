import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import protocol from "../../protocol/generated/protocol.json" with { type: "json" };
import { checkFolder, checkProject, type Report } from "../../scripts/checkMac/check.js";
import { formatDiagnostic } from "../../scripts/checkMac/diagnostics.js";
import { newerUses } from "../../scripts/checkMac/newerSymbols.js";
import { makeMarkedVirtualization, readInventory } from "../../scripts/checkMac/sdk.js";
import { macModulesProblem } from "../../scripts/setup/macModules/step.js";
import { needless, type Placed, placedNodes, unguarded, untold } from "../helpers/availability.js";
import { Plantings } from "../helpers/plantings.js";

const problem = macModulesProblem();

const fromConfiguration = "Before macOS 14 displays are told as the machine was configured with them.";
const viewsWay = "A view's way to a machine on another queue. Before macOS 27 it takes the machine itself.";

/** Newer symbols that clients are not told of, and why. */
const unseen: Record<string, string> = {
  "VZVirtualMachine.graphicsDevices": fromConfiguration,
  "VZGraphicsDevice.displays": fromConfiguration,
  VZGraphicsDisplay: fromConfiguration,
  "VZGraphicsDisplay.sizeInPixels": fromConfiguration,
  VZMacGraphicsDisplay: fromConfiguration,
  VZVirtualMachineViewAdaptor: viewsWay,
  "VZVirtualMachineViewAdaptor.init(virtualMachine:)": viewsWay,
  "VZVirtualMachineView.adaptor": viewsWay,
  "VZVirtualMachine.queue": viewsWay,
};

/** Nodes of the protocol that are newer for another reason than a symbol of the framework, and that reason. */
const without: Record<string, string> = {
  "/disk/DiskImageFormat/asif": "macOS 26 came with the format. A program of its own makes it, diskutil.",
};

/** Ways to guard, each with the uses it must give: the line among its own, the symbol, the version. */
const guards: { what: string; code: string; uses: [number, string, string][] }[] = [
  {
    what: "if #available with an else, and two symbols in one line",
    code: [
      "func guarded1(_ machine: VZVirtualMachine) -> Int {",
      "  if #available(macOS 15.0, *) {",
      "    return machine.usbControllers.count + VZXHCIControllerConfiguration().usbDevices.count",
      "  } else { return 0 }",
      "}",
    ].join("\n"),
    uses: [
      [3, "VZVirtualMachine.usbControllers", "15.0"],
      [3, "VZXHCIControllerConfiguration", "15.0"],
      [3, "VZXHCIControllerConfiguration.init()", "15.0"],
      [3, "VZUSBControllerConfiguration.usbDevices", "15.0"],
    ],
  },
  {
    what: "#unavailable",
    code: [
      "func guarded2(_ configuration: VZVirtualMachineConfiguration) throws {",
      "  if #unavailable(macOS 14) { return } else {",
      "    try configuration.validateSaveRestoreSupport() }",
      "}",
    ].join("\n"),
    uses: [[3, "VZVirtualMachineConfiguration.validateSaveRestoreSupport()", "14.0"]],
  },
  {
    what: "guard with several systems over several lines",
    code: [
      "func guarded3(_ view: VZVirtualMachineView) {",
      "  guard #available(",
      "    macOS 14.0, iOS 17, *) else { return }",
      "  view.automaticallyReconfiguresDisplay = true",
      "}",
    ].join("\n"),
    uses: [[4, "VZVirtualMachineView.automaticallyReconfiguresDisplay", "14.0"]],
  },
  {
    what: "a type of its own availability, which may conform to a newer protocol as it is, and its use",
    code: [
      "@available(macOS, introduced: 15)",
      "final class Guarded4: NSObject, VZUSBDevice {",
      "  let uuid = UUID()",
      "  var usbController: VZUSBController? { nil }",
      "}",
      "func guarded4() { if #available(macOS 15, *) { _ = Guarded4() } }",
    ].join("\n"),
    uses: [[4, "VZUSBController", "15.0"]],
  },
  {
    what: "a key path and a symbol of the standard library",
    code: [
      "@available(macOS 15, *)",
      "func guarded5(_ devices: [VZUSBController]) -> [Int] { devices.map(\\.usbDevices.count) }",
      "func guarded6() -> Bool { if #available(macOS 15, *) { return MemoryLayout<Int128>.size == 16 } else { return false } }",
    ].join("\n"),
    uses: [
      [2, "VZUSBController", "15.0"],
      [2, "VZUSBController.usbDevices", "15.0"],
      [3, "Int128", "15.0"],
    ],
  },
];

const platform = "helper/Sources/Platform/HostFacts.swift";

/** A copy of the protocol in which one node tells another version. */
function retold(place: string, macOS: string): Placed[] {
  const nodes = placedNodes(protocol.domains);
  expect(nodes.filter((node) => node.place === place)).toHaveLength(1);
  return nodes.map((node) => (node.place === place ? { ...node, since: { ...node.since, macOS } } : node));
}

describe.skipIf(problem)(`newer symbols of a Mac${problem ? ` [${problem}]` : ""}`, { timeout: 600_000 }, () => {
  const nodes: Placed[] = placedNodes(protocol.domains);
  let report: Report;

  beforeAll(async () => {
    report = await checkProject(() => {});
    // What has errors has no list.
    const errors = report.findings.filter(({ diagnostic }) => diagnostic.kind === "error");
    expect(errors.map(({ diagnostic }) => formatDiagnostic(diagnostic))).toEqual([]);
  }, 900_000);

  it("wraps or explains each one that the compiler had to see guarded", () => {
    expect(report.newer.map(({ symbol }) => symbol)).toContain("VZMacKeyboardConfiguration");
    expect(untold(report.newer, nodes, unseen)).toEqual([]);
  });

  it("guards what the protocol says is newer than the oldest macOS", () => {
    expect(unguarded(report.newer, nodes, without)).toEqual([]);
  });

  it("has no exception that nothing needs", () => {
    expect(needless(report.newer, nodes, [...Object.keys(unseen), ...Object.keys(without)])).toEqual([]);
  });

  it("finds a version in the protocol that is not the one the compiler said", () => {
    const wrong = retold("/mac/MacKeyboard", "15.0");
    expect(untold(report.newer, wrong, unseen)).toEqual([
      expect.stringMatching(/MacDevices\.swift:\d+: VZMacKeyboardConfiguration, macOS 14\.0$/),
      expect.stringMatching(/MacDevices\.swift:\d+: VZMacKeyboardConfiguration\.init\(\), macOS 14\.0$/),
    ]);
    expect(unguarded(report.newer, wrong, without)).toEqual([
      "/mac/MacKeyboard: VZMacKeyboardConfiguration, macOS 15.0",
    ]);
    expect(unguarded(report.newer, retold("/mac/MacTrackpad", "14.0"), without)).toEqual([
      "/mac/MacTrackpad: VZMacTrackpadConfiguration, macOS 14.0",
    ]);
  });

  it("finds an exception that nothing needs any more", () => {
    expect(needless(report.newer, nodes, ["VZVirtualMachine.gone", "VZVirtualMachine.queue"])).toEqual([
      "VZVirtualMachine.gone",
    ]);
  });

  it("lists what is planted behind each kind of guard, and finds that clients are not told of it", async () => {
    const plantings = await Plantings.open(join(checkFolder, "planted-newer"));
    const build = plantings.build("arm64");
    const code = guards.map((each) => each.code);
    const { lines, result, sdk, options } = await plantings.compile("Platform", platform, code, build);
    expect(result.diagnostics).toEqual([]);
    const markedKey = await makeMarkedVirtualization(build, sdk);
    const uses = await newerUses({ ...options, inventory: await readInventory(), markedKey });
    for (const [index, guard] of guards.entries()) {
      const before = (lines[index] ?? 0) - guard.code.split("\n").length;
      const own = uses.filter(({ file, line }) => file === platform && line > before && line <= (lines[index] ?? 0));
      const expected = guard.uses.map(
        ([line, symbol, introduced]) => `${line + before}: ${symbol}, macOS ${introduced}`,
      );
      const found = own.map(({ line, symbol, introduced }) => `${line}: ${symbol}, macOS ${introduced}`);
      expect(found.sort(), guard.what).toEqual(expected.sort());
    }
    const missed = untold(uses, nodes, unseen).join("\n");
    expect(missed).toContain(`${platform}:${(lines[0] ?? 0) - 2}: VZVirtualMachine.usbControllers, macOS 15.0`);
    expect(missed).not.toContain("validateSaveRestoreSupport");
  });
});

import { aptInstall } from "./apt.js";
import { debianArchitecture } from "./debian.js";
import { SetupError } from "./errors.js";
import { findProgram } from "./find.js";
import type { Step } from "./step.js";
import { isAtLeast, knownVersion, learnVersion } from "./versions.js";

const arm = debianArchitecture() === "arm64";

/** The package and the program of the emulator for this machine's own architecture. */
const emulator = arm
  ? { package: "qemu-system-arm", program: "qemu-system-aarch64" }
  : { package: "qemu-system-x86", program: "qemu-system-x86_64" };

interface Tool {
  /** As it is called in messages. */
  name: string;
  package: string;
  minimum: string;
  size: string;
  /** An environment variable that names the program. */
  variable?: string;
  find: () => string | undefined;
}

const isFit = (tool: Tool, version: string | undefined) => version !== undefined && isAtLeast(version, tool.minimum);

/** A step that makes sure that the system has a tool in a sufficient version, or installs its package. */
function toolStep(tool: Tool): Step {
  const locate = () => (tool.variable && process.env[tool.variable]) || tool.find();
  const requireFit = async () => {
    const path = locate();
    const version = path && (await learnVersion(path));
    if (isFit(tool, version || undefined)) return;
    const found = path
      ? `${path} is ${version ? `version ${version}` : "not able to say its version"}`
      : "there is none";
    throw new SetupError(
      `vzkit needs ${tool.name} ${tool.minimum} or later, but ${found}. Install a newer one and put it first on PATH` +
        `${tool.variable ? `, or name it with ${tool.variable}` : ""}.`,
    );
  };
  return {
    title: `Installing ${tool.name} (${tool.size})`,
    isDone: () => {
      const path = locate();
      return path !== undefined && isFit(tool, knownVersion(path));
    },
    run: async (progress) => {
      if (!locate()) await aptInstall([tool.package], progress);
      await requireFit();
    },
  };
}

export const qemuStep = toolStep({
  name: "QEMU",
  package: emulator.package,
  minimum: "7.2",
  size: "about 40 MB to download",
  variable: "VZKIT_QEMU",
  find: () => findProgram(emulator.program),
});

export const virtiofsdStep = toolStep({
  name: "virtiofsd",
  package: "virtiofsd",
  minimum: "1.10",
  size: "1 MB",
  variable: "VZKIT_VIRTIOFSD",
  find: () => findProgram("virtiofsd", ["/usr/libexec"]),
});

export const swiftStep = toolStep({
  name: "Swift",
  package: "swiftlang",
  minimum: "6.0",
  size: "0.7 GB to download, 2.5 GB on disk",
  find: () => findProgram("swift"),
});

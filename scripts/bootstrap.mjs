// node scripts/bootstrap.mjs COMMAND [ARG...]: runs scripts/COMMAND.ts, after installing the npm packages it needs.
//
// The entry of every npm script that may be the first one in a fresh clone. So it needs nothing but Node.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withLock } from "./setup/lock.mjs";
import { noticeOf } from "./standIn/notice.mjs";

const project = fileURLToPath(new URL("..", import.meta.url));
const lockFile = join(project, "package-lock.json");
const stamp = join(project, "node_modules/.vzkit-stamp");
const SETPRIV = "/usr/bin/setpriv"; // Linux only
const command = process.argv[2] ?? "";
const tell = (message) => process.stderr.write(`${message}\n`.replace(/^(?=.)/gm, noticeOf(command)));
const hash = (text) => createHash("sha256").update(text).digest("hex");

function packagesAreInstalled() {
  try {
    if (readFileSync(stamp, "utf8") === hash(readFileSync(lockFile))) return true;
  } catch {
    // No stamp: somebody may have called npm directly.
  }
  // npm writes this file last of all.
  const npmsOwn = join(project, "node_modules/.package-lock.json");
  return existsSync(npmsOwn) && statSync(npmsOwn).mtimeMs >= statSync(lockFile).mtimeMs;
}

function runNpm() {
  return new Promise((resolve, reject) => {
    const install = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"];
    // A killed set-up must not leave an npm behind that gets in the way of the next one.
    const [file, ...args] = existsSync(SETPRIV) ? [SETPRIV, "--pdeathsig", "TERM", ...install] : install;
    // npm's own output goes to stderr: standard output belongs to the command.
    const npm = spawn(file, args, { cwd: project, stdio: ["ignore", 2, 2] });
    npm.once("error", reject);
    npm.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new Error(`\`npm ci\` failed (${signal ?? `exit status ${code}`}); run it in ${project} to see why.`));
    });
  });
}

async function installPackages() {
  const base = process.env.XDG_CACHE_HOME;
  const cache = base && isAbsolute(base) ? base : join(homedir(), ".cache");
  const lock = join(cache, "vzkit/locks", `npm-${hash(project).slice(0, 12)}`);
  await withLock(lock, "Installing the npm packages", tell, async () => {
    if (packagesAreInstalled()) return;
    const began = Date.now();
    tell("Installing the npm packages (about 150 MB) ...");
    await runNpm();
    writeFileSync(stamp, hash(readFileSync(lockFile)));
    tell(`  done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  });
}

// For commands that say how long they took: Node's own start counts too.
process.env.VZKIT_COMMAND_STARTED ??= String(Math.round(performance.timeOrigin));

const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  tell(`vzkit needs Node 20 or later; this is ${process.version}.`);
  process.exit(1);
}
const script = join(project, "scripts", `${command}.ts`);
if (!/^[A-Za-z]+$/.test(command) || !existsSync(script)) {
  tell(`There is no scripts/${command}.ts.`);
  process.exit(2);
}
try {
  if (!packagesAreInstalled()) await installPackages();
} catch (error) {
  tell(error.message);
  process.exit(1);
}
// In this same process, which saves a start of Node, and signals reach the command directly.
process.argv.splice(1, 2, script);
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(script).href);

// Locks between processes. Plain JavaScript without dependencies, since it also guards their installation.
import { linkSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MILLISECONDS = 200;

/** Tells a process from a later one with the same id. Undefined where the system does not say. */
function startTime(pid) {
  try {
    // The 22nd field; the second may itself contain blanks and parentheses.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started, host }) {
  if (host !== hostname()) return true; // A shared home folder: nothing to be known from here.
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return started === undefined || startTime(pid) === undefined || startTime(pid) === started;
}

function readOwner(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined; // Released meanwhile: locks are never seen half written, since they are linked into place.
  }
}

/** Puts a lock file in place, complete, or returns false when there is one already. */
function tryLock(path, what) {
  const temporary = `${path}.${process.pid}`;
  const owner = { pid: process.pid, started: startTime(process.pid), host: hostname(), what };
  writeFileSync(temporary, JSON.stringify(owner));
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(temporary);
  }
}

/** Removes the lock of a dead owner. A second lock around it keeps two waiters from removing each other's new one. */
function breakStale(path) {
  const breaker = `${path}.breaking`;
  if (!tryLock(breaker, "removing a stale lock")) {
    const other = readOwner(breaker);
    if (other && !isAlive(other)) rmSync(breaker, { force: true });
    return;
  }
  try {
    const owner = readOwner(path);
    if (owner && !isAlive(owner)) rmSync(path, { force: true });
  } finally {
    rmSync(breaker, { force: true });
  }
}

/**
 * Runs `work` while holding the lock file `path`. While another process holds it, waits, and tells `onWait` once
 * per owner whom it waits for. A lock whose owner died is taken over.
 */
export async function withLock(path, what, onWait, work) {
  mkdirSync(dirname(path), { recursive: true });
  let told;
  while (!tryLock(path, what)) {
    const owner = readOwner(path);
    if (owner && !isAlive(owner)) {
      breakStale(path);
      continue;
    }
    if (owner && owner.pid !== told) {
      told = owner.pid;
      onWait(`Waiting for process ${owner.pid}: ${owner.what} (its lock: ${path})`);
    }
    await sleep(POLL_MILLISECONDS);
  }
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

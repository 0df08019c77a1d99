import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

const packages = ["libvirt-daemon", "libvirt-daemon-driver-qemu", "python3-libvirt"];

const qemuConfiguration = `
stdio_handler = "file"
security_driver = "none"
namespaces = []
cgroup_controllers = []
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
`;

// libvirtd looks for its user even when the configuration names another one; files of the daemon's own stay in a mount
// namespace, so that nothing of the host's libvirt is read or changed.
const enclosure = `
set -e
mount --bind "$1/etc" /etc/libvirt
{ cat /etc/passwd; echo 'libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin'; } > "$1/passwd"
{ cat /etc/group; echo 'libvirt-qemu:x:64055:'; echo 'kvm:x:64056:'; } > "$1/group"
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/group" /etc/group
for folder in lib cache log; do mount -t tmpfs none /var/$folder/libvirt; done
mount -t tmpfs none /run/libvirt
exec libvirtd --pid-file "$1/pid"
`;

function domain(kernel: string, initrd: string, emulator: string): string {
  return `<domain type='qemu'><name>NAME</name><memory unit='MiB'>512</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='q35'>hvm</type><kernel>${kernel}</kernel><initrd>${initrd}</initrd><cmdline>quiet</cmdline></os>
<features><acpi/></features><devices><emulator>${emulator}</emulator></devices></domain>`;
}

async function install(): Promise<void> {
  try {
    await access("/usr/sbin/libvirtd");
    await execa("/usr/bin/python3", ["-c", "import libvirt"]);
  } catch {
    await execa("apt-get", ["-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends", ...packages], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
}

/** A private libvirtd and a client that stays connected to it. Needs root; uses nothing of the host's own libvirt. */
export class Libvirt implements AsyncDisposable {
  readonly #daemon: ChildProcessWithoutNullStreams;
  readonly #client: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  readonly #folder: string;

  private constructor(folder: string, daemon: ChildProcessWithoutNullStreams, client: ChildProcessWithoutNullStreams) {
    this.#folder = folder;
    this.#daemon = daemon;
    this.#client = client;
    this.#reader = createInterface(client.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  static async start(guest: { kernel: string; initrd: string; emulator: string }): Promise<Libvirt> {
    await install();
    const folder = await mkdtemp(path.join(tmpdir(), "vzkit-libvirt-"));
    await execa("mkdir", [
      "-p",
      `${folder}/etc`,
      "/etc/libvirt",
      ...["lib", "cache", "log"].map((name) => `/var/${name}/libvirt`),
      "/run/libvirt",
    ]);
    await writeFile(path.join(folder, "etc/qemu.conf"), qemuConfiguration);
    await writeFile(
      path.join(folder, "etc/libvirtd.conf"),
      `unix_sock_dir = "${folder}"\nauth_unix_rw = "none"\nauth_unix_ro = "none"\n`,
    );
    await writeFile(path.join(folder, "domain.xml"), domain(guest.kernel, guest.initrd, guest.emulator));
    const daemon = spawn("unshare", ["-m", "sh", "-c", enclosure, "sh", folder]);
    try {
      return await Libvirt.#connect(folder, daemon);
    } catch (error) {
      daemon.kill();
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  static async #connect(folder: string, daemon: ChildProcessWithoutNullStreams): Promise<Libvirt> {
    const socket = path.join(folder, "libvirt-sock");
    let log = "";
    daemon.stderr.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4096);
    });
    for (let tries = 0; !(await exists(socket)); tries++) {
      if (tries === 150 || daemon.exitCode !== null) throw new Error(`libvirtd did not start:\n${log}`);
      await delay(100);
    }
    const program = fileURLToPath(new URL("libvirtClient.py", import.meta.url));
    const client = spawn("/usr/bin/python3", [
      program,
      `qemu:///system?socket=${socket}`,
      path.join(folder, "domain.xml"),
    ]);
    client.stderr.pipe(process.stderr);
    const libvirt = new Libvirt(folder, daemon, client);
    await libvirt.#next();
    return libvirt;
  }

  /** Median microseconds of `count` getState calls. */
  async state(count: number): Promise<number> {
    this.#client.stdin.write(`state ${count}\n`);
    return Number(await this.#next());
  }

  /** Milliseconds of creating a paused domain, and of destroying it. */
  async cycle(): Promise<{ create: number; destroy: number }> {
    this.#client.stdin.write("cycle\n");
    const [create, destroy] = (await this.#next()).split(" ").map(Number);
    return { create: create ?? Number.NaN, destroy: destroy ?? Number.NaN };
  }

  async #next(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("The libvirt client ended early; its message is above.");
    return value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.stdin.end();
    await once(this.#client, "exit");
    this.#reader.close();
    this.#daemon.kill();
    await once(this.#daemon, "exit");
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

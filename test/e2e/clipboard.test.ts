import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { type Helper, launchHelper } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";

// The SPICE agent's protocol: a chunk (port, size) holds a message (protocol, type, opaque, size) with its data.
const clientPort = 1;
const announceCapabilities = 6;
/** Clipboard on demand, and its selections. */
const clipboardCapabilities = (1 << 5) | (1 << 6);
/** Where an announcement says in its bytes whether it wants one back. */
const requestOffset = 28;

describe("the port of the guest's clipboard agent", () => {
  let helper: Helper;
  beforeAll(async () => {
    helper = await launchHelper();
  });
  afterAll(() => helper?.[Symbol.asyncDispose]());

  it.each([true, false])("speaks the agent's protocol, with the clipboard shared: %s", async (sharesClipboard) => {
    const configuration = linuxGuest({
      consoleDevices: [{ kind: "virtio", ports: [{ attachment: { kind: "spiceAgent", sharesClipboard } }] }],
    });
    await using machine = await helper.machines.create(configuration);
    expect(machine.configuration?.consoleDevices?.[0]?.ports[0]?.name).toBe("com.redhat.spice.0");
    await boot(machine);
    const port = await runInGuest(machine, "cd /sys/class/virtio-ports; grep -l com.redhat.spice.0 */name");
    const device = `/dev/${port.split("/")[0]}`;

    // QEMU answers an agent that asks for it. From 10 on it first asks by itself, when the agent opens its port.
    const question = announcement({ isRequest: true, capabilities: clipboardCapabilities });
    const answer = await runInGuest(
      machine,
      `exec 3<>${device}; printf '${escaped(question)}' >&3; for i in 1 2; do ` +
        `message=$(timeout 60 head -c ${question.length} <&3 | hexdump -v -e '/1 "%02x"'); ` +
        `[ "\${message:${2 * requestOffset}:2}" = 01 ] || break; done; echo $message`,
    );
    const { isRequest, capabilities } = parse(Buffer.from(answer, "hex"));
    expect(isRequest).toBe(false);
    expect(capabilities & clipboardCapabilities).toBe(sharesClipboard ? clipboardCapabilities : 0);
  });

  it("refuses a port that no agent would find", async () => {
    const attachment = { kind: "spiceAgent" } as const;
    const port = (more: object) => ({
      consoleDevices: [{ kind: "virtio" as const, ports: [{ attachment, ...more }] }],
    });
    for (const more of [
      port({ name: "other" }),
      port({ isConsole: true }),
      { serialPorts: [{ kind: "virtioConsole" as const, attachment }] },
    ]) {
      await expect(helper.machines.validate(linuxGuest(more))).rejects.toMatchObject({ kind: "invalidConfiguration" });
    }
  });
});

function announcement({ isRequest, capabilities }: { isRequest: boolean; capabilities: number }): Buffer {
  const words = [clientPort, 28, 1, announceCapabilities, 0, 0, 8, isRequest ? 1 : 0, capabilities];
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, index * 4);
  return bytes;
}

function parse(bytes: Buffer): { isRequest: boolean; capabilities: number } {
  const words = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4));
  expect(words.slice(0, 7)).toEqual([clientPort, 28, 1, announceCapabilities, 0, 0, 8]);
  return { isRequest: words[7] === 1, capabilities: words[8] ?? 0 };
}

/** Bytes as `printf` of a shell takes them. */
function escaped(bytes: Buffer): string {
  return [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

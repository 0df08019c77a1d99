import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { launchHelper, type PortForward } from "../../src/index.js";
import { linuxGuest } from "../helpers/guest.js";
import { helperPath } from "../helpers/helperPath.js";

const field = (index: number) => `networkDevices[0].attachment.portForwards[${index}]`;

const forwarding = (...portForwards: PortForward[]) =>
  linuxGuest({ networkDevices: [{ kind: "virtio", attachment: { kind: "nat", portForwards } }] });

describe("a port of the host that cannot be had", () => {
  it("is refused when it is given twice, or its address is not the host's, with the fields", async () => {
    await using helper = await launchHelper();
    for (const call of [
      (configuration: ReturnType<typeof linuxGuest>) => helper.machines.validate(configuration),
      (configuration: ReturnType<typeof linuxGuest>) => helper.machines.create(configuration),
    ]) {
      const twice = call(
        forwarding({ hostPort: 40022, guestPort: 22 }, { hostAddress: "0.0.0.0", hostPort: 40022, guestPort: 80 }),
      );
      await expect(twice).rejects.toMatchObject({
        kind: "invalidConfiguration",
        path: `params.configuration.${field(1)}.hostPort`,
        message: expect.stringContaining(`params.configuration.${field(0)}.hostPort`),
      });
      const foreign = call(forwarding({ hostAddress: "192.0.2.1", hostPort: 0, guestPort: 22 }));
      await expect(foreign).rejects.toMatchObject({
        kind: "invalidConfiguration",
        path: `params.configuration.${field(0)}.hostAddress`,
        message: expect.stringContaining("192.0.2.1"),
      });
    }
  });

  it("is named at the start when another program has it, and can be had when that has ended", async () => {
    await using helper = await launchHelper();
    const server = createServer().listen(0, "127.0.0.1");
    const datagrams = createSocket("udp4").bind(0, "127.0.0.1");
    await Promise.all([once(server, "listening"), once(datagrams, "listening")]);
    const hostPort = (server.address() as AddressInfo).port;
    const taken: [PortForward, () => Promise<unknown>][] = [
      [{ hostPort, guestPort: 22 }, () => once(server.close(), "close")],
      [{ transport: "udp", hostPort: datagrams.address().port, guestPort: 53 }, () => once(datagrams.close(), "close")],
    ];
    for (const [forward, free] of taken) {
      await using machine = await helper.machines.create(forwarding(forward));
      await expect(machine.start()).rejects.toMatchObject({
        kind: "inUse",
        path: `configuration.${field(0)}.hostPort`,
        message: expect.stringContaining(`${forward.hostPort}`),
      });
      expect(await machine.state()).toMatchObject({ state: "stopped" });
      await free();
      await machine.start();
    }
  });

  it("goes from machine to machine of one helper, also when connections to it have just ended", async () => {
    await using helper = await launchHelper();
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const hostPort = (server.address() as AddressInfo).port;
    await once(server.close(), "close");
    const configuration = forwarding({ hostPort, guestPort: 9 });
    await using first = await helper.machines.create(configuration);
    await using second = await helper.machines.create(configuration);
    for (const [runs, waits] of [
      [first, second],
      [second, first],
      [first, second],
    ] as const) {
      await runs.start();
      const connection = createConnection({ host: "127.0.0.1", port: hostPort });
      const closed = new Promise((resolve) => connection.on("error", () => {}).once("close", resolve));
      await once(connection.resume(), "connect");
      await expect(waits.start()).rejects.toMatchObject({ kind: "inUse", path: `configuration.${field(0)}.hostPort` });
      await runs.stop();
      // Ended by the other end, the connection lingers there.
      await closed;
    }
  });

  it("is denied to a user without the privilege", async (context) => {
    const folder = await mkdtemp(path.join(tmpdir(), "vzkit-port-"));
    try {
      const wrapper = path.join(folder, "helper");
      const drop = process.getuid?.() === 0 ? "setpriv --bounding-set=-net_bind_service" : "";
      await writeFile(wrapper, `#!/bin/sh\nexec ${drop} '${helperPath()}' "$@"\n`);
      await chmod(wrapper, 0o755);
      const { exitCode } = await execa("sh", ["-c", `${drop} true`], { reject: false });
      if (exitCode !== 0) return context.skip("setpriv cannot drop a privilege here");
      await using helper = await launchHelper({ path: wrapper });
      await using machine = await helper.machines.create(forwarding({ hostPort: 22, guestPort: 22 }));
      await expect(machine.start()).rejects.toMatchObject({
        kind: "permissionDenied",
        path: `configuration.${field(0)}.hostPort`,
        message: expect.stringContaining("1023"),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

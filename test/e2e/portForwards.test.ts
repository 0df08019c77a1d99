import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { runInGuest } from "../../scripts/guest/shell.js";
import { launchHelper } from "../../src/index.js";
import { boot, linuxGuest } from "../helpers/guest.js";

it("keeps the ports that the system chose for a machine, from its creation to its end", async () => {
  await using helper = await launchHelper();
  const configuration = linuxGuest({
    networkDevices: [
      {
        kind: "virtio",
        attachment: {
          kind: "nat",
          portForwards: [
            { hostPort: 0, guestPort: 7000 },
            { hostPort: 0, guestPort: 7001, transport: "udp" },
          ],
        },
      },
    ],
  });
  await using machine = await helper.machines.create(configuration);
  const forwards = async () => (await machine.network.addresses()).addresses[0]?.portForwards ?? [];
  const [tcp = 0, udp = 0] = (await forwards()).map(({ hostPort }) => hostPort);
  expect(machine.configuration?.networkDevices?.[0]?.attachment.portForwards).toEqual(await forwards());

  for (let round = 0; round < 2; round++) {
    expect(await listenOn(tcp)).toBe("EADDRINUSE");
    expect(await bindTo(udp)).toBe("EADDRINUSE");
    await boot(machine);
    await runInGuest(machine, "for i in $(seq 150); do [ -s /run/address.eth0 ] && break; sleep 0.2; done");
    await runInGuest(machine, "(while :; do echo over tcp | nc -l -p 7000; done) >/dev/null 2>&1 &");
    const said = () => text(createConnection({ host: "127.0.0.1", port: tcp })).catch(() => "");
    await expect.poll(said, { timeout: 20_000 }).toBe("over tcp\n");
    await runInGuest(machine, "datagrams 7001 </dev/null >/dev/null 2>&1");
    await expect.poll(() => sentBack(udp, "over udp"), { timeout: 20_000 }).toBe("over udp");
    expect([await listenOn(tcp), await bindTo(udp)]).toEqual(["EADDRINUSE", "EADDRINUSE"]);
    await machine.stop();
  }
  await machine.dispose();
  expect([await listenOn(tcp), await bindTo(udp)]).toEqual(["free", "free"]);
});

/** What comes back when a text is sent to a port of this host; nothing when that takes long. */
async function sentBack(port: number, message: string): Promise<string> {
  const socket = createSocket("udp4");
  const tooLong = AbortSignal.timeout(1000);
  try {
    const answer = once(socket, "message", { signal: tooLong });
    socket.send(message, port, "127.0.0.1");
    const [bytes] = (await answer) as [Buffer];
    return bytes.toString();
  } catch {
    return "";
  } finally {
    socket.close();
  }
}

async function listenOn(port: number): Promise<string> {
  const server = createServer();
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "";
  }
  server.close();
  await once(server, "close");
  return "free";
}

async function bindTo(port: number): Promise<string> {
  const socket = createSocket("udp4");
  socket.bind({ port, address: "127.0.0.1" });
  try {
    await once(socket, "listening");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "";
  } finally {
    socket.close();
  }
  return "free";
}

import { spawn } from "node:child_process";
import { launchHelper } from "../../../src/index.js";
import { type Context, rounds } from "../context.js";
import { interleave, median, type Row, ratioRow, type Variant } from "../measure.js";
import { StockPeer } from "../stockPeer.js";

// Few a sample and many samples: where the scheduler puts the two processes decides more than they do, and it stays with
// its choice for a while.
const sequential = 300;
const inFlight = 1000;
const total = 10_000;

/** Median round trip in microseconds of `sequential` requests, one after the other. */
async function roundTrip(ping: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < sequential; i++) {
    const started = process.hrtime.bigint();
    await ping();
    times.push(Number(process.hrtime.bigint() - started) / 1e3);
  }
  return median(times);
}

/** Requests a second with `inFlight` of them open at any time. */
async function throughput(ping: () => Promise<unknown>): Promise<number> {
  const started = process.hrtime.bigint();
  let sent = 0;
  const worker = async () => {
    while (sent++ < total) await ping();
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return total / (Number(process.hrtime.bigint() - started) / 1e9);
}

/** Keeps one processor busy until it is disposed of. */
function busyProcess(): Disposable {
  const child = spawn("sh", ["-c", "while :; do :; done"], { stdio: "ignore" });
  return { [Symbol.dispose]: () => void child.kill("SIGKILL") };
}

/** `ping` through the client against stock vscode-jsonrpc to a C echo, and against libvirt's getState. */
export async function messages(context: Context): Promise<Row[]> {
  await using helper = await launchHelper({ path: context.helperPath });
  using stock = new StockPeer(context.echoPath);
  const clientPing = () => helper.request("ping");
  const stockPing = () => stock.connection.sendRequest("ping", {});
  const { libvirt } = context;

  const latencies: Variant[] = [
    { name: "vzkit", sample: () => roundTrip(clientPing) },
    { name: "vscode-jsonrpc to C", sample: () => roundTrip(stockPing) },
  ];
  if (libvirt) latencies.push({ name: "libvirt getState", sample: () => libvirt.state(sequential) });
  await roundTrip(clientPing);
  await roundTrip(stockPing);
  const latency = await interleave(latencies, rounds(context, 60), context.report);
  const besideBusy = await (async () => {
    using _busy = busyProcess();
    return await interleave(latencies.slice(0, 2), rounds(context, 60), context.report);
  })();
  const rate = await interleave(
    [
      { name: "vzkit", sample: () => throughput(clientPing) },
      { name: "vscode-jsonrpc to C", sample: () => throughput(stockPing) },
    ],
    rounds(context, 8),
    context.report,
  );
  const rows = [
    ratioRow(
      "ping p50 / stock vscode-jsonrpc to a C echo",
      latency,
      ["vzkit", "vscode-jsonrpc to C"],
      "at most",
      0.8,
      "µs",
    ),
    ratioRow(
      "ping p50 / stock vscode-jsonrpc to a C echo, beside a busy process",
      besideBusy,
      ["vzkit", "vscode-jsonrpc to C"],
      "at most",
      1,
      "µs",
    ),
    ratioRow(
      "1,000 in flight, req/s / stock vscode-jsonrpc to a C echo",
      rate,
      ["vzkit", "vscode-jsonrpc to C"],
      "at least",
      1.5,
      "req/s",
    ),
  ];
  if (libvirt)
    rows.push(ratioRow("ping p50 / libvirt getState", latency, ["vzkit", "libvirt getState"], "at most", 0.6, "µs"));
  return rows;
}

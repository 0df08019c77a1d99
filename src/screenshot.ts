import type { Connection } from "./connection/connection.js";
import type { CallOptions } from "./connection/requests.js";
import { ConnectionClosedError } from "./errors.js";
import { absolutePath } from "./paths.js";
import type { DisplayScreenshotParams, DisplayScreenshotResult, MachineHandle } from "./protocol/types.generated.js";
import { openStream, SocketStream } from "./socketStream.js";

export interface ScreenshotOptions extends Omit<CallOptions, "timeout"> {
  /** The number of the display; 0, the first one, by default. */
  display?: number | undefined;
  /** Seconds to wait until the guest shows more than one colour, 0 to 600; 10 by default. With 0 there is one attempt. */
  timeout?: number | undefined;
}

export interface ScreenshotFileOptions extends ScreenshotOptions {
  /** The PNG file to make. A relative path is one of this process. */
  to: string;
  /** Whether an existing file may be replaced; false by default. */
  overwrite?: boolean | undefined;
}

async function request(
  connection: Connection,
  machine: MachineHandle,
  { to, overwrite, display, timeout, ...options }: Partial<ScreenshotFileOptions>,
): Promise<DisplayScreenshotResult> {
  const params: DisplayScreenshotParams = {
    machine,
    ...(to !== undefined && { to: absolutePath(to) }),
    ...(overwrite !== undefined && { overwrite }),
    ...(display !== undefined && { display }),
    ...(timeout !== undefined && { timeout }),
  };
  return connection.request("display.screenshot", params, options);
}

export async function takeScreenshot(
  connection: Connection,
  machine: MachineHandle,
  options: Partial<ScreenshotFileOptions>,
): Promise<Buffer | DisplayScreenshotResult> {
  const picture = await request(connection, machine, options);
  if (options.to !== undefined) return picture;
  await using stream = await openStream(new SocketStream(false), picture.path, "The screenshot", options.signal);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const png = Buffer.concat(chunks);
  if (png.length === picture.size) return png;
  throw new ConnectionClosedError(`The screenshot was cut short: ${png.length} of ${picture.size} bytes came`);
}

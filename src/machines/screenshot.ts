import { ConnectionClosedError } from "../base/errors.js";
import type { CallOptions } from "../connection/requests.js";
import type { DisplayScreenshotResult } from "../protocol/types.generated.js";
import { SocketStream } from "../streams/socketStream.js";
import type { MachineContext } from "./machineContext.js";

/** How a picture of a display is taken. */
export interface ScreenshotOptions extends Omit<CallOptions, "timeout"> {
  /** The number of the display; 0, the first one, by default. */
  display?: number | undefined;
  /** Seconds to wait until the guest shows more than one colour, 0 to 600; 10 by default. With 0 there is one attempt. */
  timeout?: number | undefined;
}

/** How a picture of a display becomes a file. */
export interface ScreenshotFileOptions extends ScreenshotOptions {
  /** The PNG file to make. A relative path is one of this process. */
  to: string;
  /** Whether an existing file may be replaced; false by default. */
  overwrite?: boolean | undefined;
}

/** Takes a picture; resolves with the PNG file, or with what `to` names. */
export async function takeScreenshot(
  machine: MachineContext,
  { signal, ...params }: Partial<ScreenshotFileOptions>,
): Promise<Buffer | DisplayScreenshotResult> {
  const picture = await machine.request("display.screenshot", params, { signal });
  if (params.to !== undefined) return picture;
  const stream = await machine.connection.openStream(new SocketStream(false), picture.path, "The screenshot", signal);
  await using _ = stream;
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const png = Buffer.concat(chunks);
  if (png.length === picture.size) return png;
  throw new ConnectionClosedError(`The screenshot was cut short: ${png.length} of ${picture.size} bytes came`);
}

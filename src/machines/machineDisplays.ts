import type { CallOptions } from "../connection/requests.js";
import type {
  Display,
  DisplayReconfigureParams,
  DisplayScreenshotResult,
  WindowOptions,
} from "../protocol/types.generated.js";
import type { MachineContext } from "./machineContext.js";
import { MachineWindow } from "./machineWindow.js";
import { type ScreenshotFileOptions, type ScreenshotOptions, takeScreenshot } from "./screenshot.js";

/** The size that a display is to take. */
export type DisplaySize = Omit<DisplayReconfigureParams, "machine">;

/** The displays of a machine, and the window of the host on them. */
export class MachineDisplays {
  readonly #machine: MachineContext;
  #window: MachineWindow | undefined;

  /** @internal */
  constructor(machine: MachineContext) {
    this.#machine = machine;
    machine.on("window.closed", (event) => {
      const window = this.#window;
      this.#window = undefined;
      window?.deliver(event);
    });
    machine.onEnd((error) => {
      this.#window?.end(error);
      this.#window = undefined;
    });
  }

  /** The window that this object has opened, or the start of its machine, as long as it is open. */
  get window(): MachineWindow | undefined {
    return this.#window;
  }

  /** Lists the displays of the machine; empty if it has none. Wraps `VZGraphicsDevice.displays` (macOS 14.0). */
  async list(options: CallOptions = {}): Promise<Display[]> {
    return (await this.#machine.request("display.list", {}, options)).displays;
  }

  /**
   * Asks the guest to take another size of its first display, or of the one named by `display`; it may not obey. Wraps
   * `VZGraphicsDisplay.reconfigure(configuration:)` (macOS 14.0). A Linux host refuses anything but the present size.
   *
   * @throws {@link RequestError} `deviceNotConfigured`, `invalidConfiguration` or `notSupported`.
   *
   * @example
   * ```ts
   * await machine.displays.reconfigure({ widthInPixels: 2560, heightInPixels: 1440 });
   * ```
   */
  async reconfigure({ signal, timeout, ...size }: DisplaySize & CallOptions): Promise<void> {
    await this.#machine.request("display.reconfigure", size, { signal, timeout });
  }

  /**
   * Takes a picture of what a running or paused machine shows. Resolves with a PNG file, or with `to` with the file that
   * was made and its size in pixels. The picture is as large as what the guest shows now, which can be a mode of another
   * size than the display's. A picture of one colour, such as before the guest has drawn anything, is tried again for
   * `timeout` seconds. Wraps `VZVirtualMachineView` (macOS 12.0), for which the helper needs a GUI session there.
   *
   * @throws {@link RequestError} `displayBlank`, `deviceNotConfigured`, `invalidState`, `notSupported`, `fileExists`,
   * `fileNotFound`, `permissionDenied` or `outOfDiskSpace`.
   *
   * @example
   * ```ts
   * await machine.displays.screenshot({ to: "screen.png", overwrite: true });
   * ```
   */
  screenshot(options: ScreenshotFileOptions): Promise<DisplayScreenshotResult>;
  /** Takes a picture; resolves with a PNG file. */
  screenshot(options?: ScreenshotOptions): Promise<Buffer>;
  screenshot(options: Partial<ScreenshotFileOptions> = {}): Promise<Buffer | DisplayScreenshotResult> {
    return takeScreenshot(this.#machine, options);
  }

  /**
   * Opens a window on the machine, running or not, in place of one that is open. Keys and pointer go to the guest if it
   * has such devices. Wraps `VZVirtualMachineView` (macOS 12.0).
   *
   * @throws {@link RequestError} `notSupported` where there is no GUI or the helper is outside of a GUI session, or
   * `deviceNotConfigured`.
   *
   * @example
   * ```ts
   * const window = await machine.displays.openWindow({ title: "Build", closeBehavior: "requestStop" });
   * ```
   */
  async openWindow({ signal, timeout, ...options }: WindowOptions & CallOptions = {}): Promise<MachineWindow> {
    return this.opening(async () => {
      await this.#machine.request("window.open", options, { signal, timeout });
      return true;
    }) as Promise<MachineWindow>;
  }

  /**
   * Keeps the window that `open` opens, if it resolves with true.
   *
   * @internal
   */
  async opening(open: () => Promise<boolean>): Promise<MachineWindow | undefined> {
    const window = new MachineWindow(this.#machine);
    const previous = this.#window;
    // Entered first: a person can be quicker than the answer.
    this.#window = window;
    try {
      if (await open()) {
        previous?.end(undefined);
        return window;
      }
    } catch (error) {
      if (this.#window === window) this.#window = previous;
      throw error;
    }
    if (this.#window === window) this.#window = previous;
    return undefined;
  }
}

export {
  AbortError,
  ConnectionClosedError,
  EventOverflowError,
  type HelperExit,
  HelperExitError,
  HelperLaunchError,
  HelperNotFoundError,
  HelperVersionError,
  hintOf,
  ProtocolViolationError,
  RemotePathError,
  RequestError,
  TimeoutError,
  VzkitError,
  WorkingDirectoryError,
} from "./base/errors.js";
export { gib, mib } from "./base/sizes.js";
export type { Bundle, CloneOptions, ImportedBundle, ResizeDiskOptions } from "./bundles/bundle.js";
export type { Bundles, CreateBundleOptions, ImportOptions } from "./bundles/bundles.js";
export type { HelperEvents } from "./connection/helperEvents.js";
export type { CallOptions, Method, RequestArguments, RequestOptions, Result } from "./connection/requests.js";
export type { EventIteratorOptions, EventWaitOptions } from "./events/eventIterator.js";
export type { EventSource } from "./events/eventSource.js";
export { type ConnectOptions, connectHelper } from "./helper/connect.js";
export type { CloseOptions, Helper } from "./helper/helper.js";
export { type LaunchOptions, launchHelper } from "./helper/launch.js";
export type { CreateDiskOptions, Disks } from "./host/disks.js";
export type { DiagnoseOptions, Host } from "./host/host.js";
export type { CreateAuxiliaryStorageOptions, Macs } from "./host/macs.js";
export { type LinuxDisk, type LinuxOptions, linuxConfiguration } from "./machines/linuxConfiguration.js";
export type { InstallOptions, Machine, MachineEvents } from "./machines/machine.js";
export type { MachineBalloon } from "./machines/machineBalloon.js";
export type { ConsoleOptions, ConsoleStream, MachineConsole } from "./machines/machineConsole.js";
export type { DisplaySize, MachineDisplays } from "./machines/machineDisplays.js";
export type { MachineNetwork } from "./machines/machineNetwork.js";
export type { MachineShares } from "./machines/machineShares.js";
export type { MachineSockets } from "./machines/machineSockets.js";
export type { CreateMacOptions, Machines, NameOptions } from "./machines/machines.js";
export type { MachineWindow, MachineWindowEvents } from "./machines/machineWindow.js";
export type { ScreenshotFileOptions, ScreenshotOptions } from "./machines/screenshot.js";
export { macOSGuestAutomountTag, type Share, type SharedFolder } from "./machines/shares.js";
export type { SocketListener, SocketListenerEvents } from "./machines/socketListener.js";
export type { StartOptions } from "./machines/startOptions.js";
export { type Availability, availability } from "./protocol/availability.generated.js";
export { type ErrorKind, errorKinds, type KnownErrorKind } from "./protocol/errors.generated.js";
export type { Events, Requests } from "./protocol/methods.generated.js";
export type * from "./protocol/types.generated.js";
export { PROTOCOL_HASH, PROTOCOL_VERSION, VERSION } from "./protocol/version.generated.js";
export type { DownloadOptions, InstallationPlan, RestoreImage } from "./restoreImages/restoreImage.js";
export type { RestoreImages } from "./restoreImages/restoreImages.js";
export type { SocketStream } from "./streams/socketStream.js";

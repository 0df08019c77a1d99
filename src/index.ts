export type { Bundles, CreateMacOptions, ImportOptions } from "./bundles.js";
export { type ConnectOptions, connectHelper } from "./connect.js";
export type { HelperEvents } from "./connection/helperEvents.js";
export type { CallOptions, Method, RequestArguments, RequestOptions, Result } from "./connection/requests.js";
export type { ConsoleOptions, ConsoleStream } from "./console.js";
export type { Disks } from "./disks.js";
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
  RequestError,
  TimeoutError,
  VzkitError,
  WorkingDirectoryError,
} from "./errors.js";
export type { EventIteratorOptions, EventSource, EventWaitOptions } from "./events.js";
export type { CloseOptions, Helper } from "./helper.js";
export type { DiagnoseOptions, Host } from "./host.js";
export { type LaunchOptions, launchHelper } from "./launch.js";
export { type LinuxDisk, type LinuxMachineOptions, type LinuxShare, linuxMachine } from "./linuxMachine.js";
export type { InstallOptions, Machine, MachineEvents, StartOptions } from "./machine.js";
export type { Machines } from "./machines.js";
export type { MachineWindow, MachineWindowEvents, WindowOptions } from "./machineWindow.js";
export type { Macs } from "./macs.js";
export { type Availability, availability } from "./protocol/availability.generated.js";
export { type ErrorKind, errorKinds, type KnownErrorKind } from "./protocol/errors.generated.js";
export type { Events, Requests } from "./protocol/methods.generated.js";
export type * from "./protocol/types.generated.js";
export { PROTOCOL_HASH, PROTOCOL_VERSION, VERSION } from "./protocol/version.generated.js";
export type { AvailableRestoreImage, DownloadOptions, InstallationPlan, RestoreImages } from "./restoreImages.js";
export type { ScreenshotFileOptions, ScreenshotOptions } from "./screenshot.js";
export { macOSGuestAutomountTag, type Share, type SharedFolder } from "./shares.js";
export { gib, mib } from "./sizes.js";
export type { SocketListener, SocketListenerEvents } from "./socketListener.js";
export type { SocketStream } from "./socketStream.js";

// generated from protocol/spec by scripts/generate.ts, do not edit

import * as z from "zod";
import type { Events, Requests } from "./methods.generated.js";
import type * as wire from "./types.generated.js";

const absolutePath = z.string().regex(/^\/[^\0]*$/, "must be an absolute path");

const BundleInstallationSent: z.ZodType<wire.BundleInstallation> = z.string();

const GenericPlatformSentFields = {
  machineIdentifier: z.base64().optional(),
};
const GenericPlatformSent: z.ZodType<wire.GenericPlatform> = z.strictObject(GenericPlatformSentFields);

const MacPlatformSentFields = {
  hardwareModel: z.base64(),
  machineIdentifier: z.base64().optional(),
  auxiliaryStoragePath: absolutePath,
};
const MacPlatformSent: z.ZodType<wire.MacPlatform> = z.strictObject(MacPlatformSentFields);

const PlatformSent: z.ZodType<wire.Platform> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("generic"), ...GenericPlatformSentFields }),
  z.strictObject({ kind: z.literal("mac"), ...MacPlatformSentFields }),
]);

const LinuxBootLoaderSentFields = {
  kernelPath: absolutePath,
  initialRamdiskPath: absolutePath.optional(),
  commandLine: z.string().optional(),
};
const LinuxBootLoaderSent: z.ZodType<wire.LinuxBootLoader> = z.strictObject(LinuxBootLoaderSentFields);

const MacOSBootLoaderSentFields = {};
const MacOSBootLoaderSent: z.ZodType<wire.MacOSBootLoader> = z.strictObject(MacOSBootLoaderSentFields);

const BootLoaderSent: z.ZodType<wire.BootLoader> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("linux"), ...LinuxBootLoaderSentFields }),
  z.strictObject({ kind: z.literal("macOS"), ...MacOSBootLoaderSentFields }),
]);

const DiskImageCachingModeSent: z.ZodType<wire.DiskImageCachingMode> = z.enum(["automatic", "cached", "uncached"]);

const DiskImageSynchronizationModeSent: z.ZodType<wire.DiskImageSynchronizationMode> = z.enum(["full", "fsync", "none"]);

const DiskImageAttachmentSentFields = {
  path: absolutePath,
  isReadOnly: z.boolean().optional(),
  cachingMode: DiskImageCachingModeSent.optional(),
  synchronizationMode: DiskImageSynchronizationModeSent.optional(),
};
const DiskImageAttachmentSent: z.ZodType<wire.DiskImageAttachment> = z.strictObject(DiskImageAttachmentSentFields);

const StorageAttachmentSent: z.ZodType<wire.StorageAttachment> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("diskImage"), ...DiskImageAttachmentSentFields }),
]);

const VirtioBlockDeviceSentFields = {
  attachment: StorageAttachmentSent,
  blockDeviceIdentifier: z.string().optional(),
};
const VirtioBlockDeviceSent: z.ZodType<wire.VirtioBlockDevice> = z.strictObject(VirtioBlockDeviceSentFields);

const StorageDeviceSent: z.ZodType<wire.StorageDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtioBlock"), ...VirtioBlockDeviceSentFields }),
]);

const TransportProtocolSent: z.ZodType<wire.TransportProtocol> = z.enum(["tcp", "udp"]);

const PortForwardSentFields = {
  transport: TransportProtocolSent.optional(),
  hostAddress: z.string().optional(),
  hostPort: z.uint32(),
  guestPort: z.uint32(),
};
const PortForwardSent: z.ZodType<wire.PortForward> = z.strictObject(PortForwardSentFields);

const NATAttachmentSentFields = {
  portForwards: z.array(PortForwardSent).optional(),
};
const NATAttachmentSent: z.ZodType<wire.NATAttachment> = z.strictObject(NATAttachmentSentFields);

const NetworkAttachmentSent: z.ZodType<wire.NetworkAttachment> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("nat"), ...NATAttachmentSentFields }),
]);

const VirtioNetworkDeviceSentFields = {
  macAddress: z.string().optional(),
  attachment: NetworkAttachmentSent,
};
const VirtioNetworkDeviceSent: z.ZodType<wire.VirtioNetworkDevice> = z.strictObject(VirtioNetworkDeviceSentFields);

const NetworkDeviceSent: z.ZodType<wire.NetworkDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtio"), ...VirtioNetworkDeviceSentFields }),
]);

const StreamAttachmentSentFields = {
  name: z.string().optional(),
  replaySize: z.uint32().optional(),
  logPath: absolutePath.optional(),
};
const StreamAttachmentSent: z.ZodType<wire.StreamAttachment> = z.strictObject(StreamAttachmentSentFields);

const FileAttachmentSentFields = {
  path: absolutePath,
  append: z.boolean().optional(),
};
const FileAttachmentSent: z.ZodType<wire.FileAttachment> = z.strictObject(FileAttachmentSentFields);

const SpiceAgentPortAttachmentSentFields = {
  sharesClipboard: z.boolean().optional(),
};
const SpiceAgentPortAttachmentSent: z.ZodType<wire.SpiceAgentPortAttachment> = z.strictObject(SpiceAgentPortAttachmentSentFields);

const SerialPortAttachmentSent: z.ZodType<wire.SerialPortAttachment> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("stream"), ...StreamAttachmentSentFields }),
  z.strictObject({ kind: z.literal("file"), ...FileAttachmentSentFields }),
  z.strictObject({ kind: z.literal("spiceAgent"), ...SpiceAgentPortAttachmentSentFields }),
]);

const VirtioConsoleSerialPortSentFields = {
  attachment: SerialPortAttachmentSent,
};
const VirtioConsoleSerialPortSent: z.ZodType<wire.VirtioConsoleSerialPort> = z.strictObject(VirtioConsoleSerialPortSentFields);

const SerialPortSent: z.ZodType<wire.SerialPort> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtioConsole"), ...VirtioConsoleSerialPortSentFields }),
]);

const ConsolePortSentFields = {
  name: z.string().optional(),
  isConsole: z.boolean().optional(),
  attachment: SerialPortAttachmentSent,
};
const ConsolePortSent: z.ZodType<wire.ConsolePort> = z.strictObject(ConsolePortSentFields);

const VirtioConsoleDeviceSentFields = {
  ports: z.array(ConsolePortSent),
};
const VirtioConsoleDeviceSent: z.ZodType<wire.VirtioConsoleDevice> = z.strictObject(VirtioConsoleDeviceSentFields);

const ConsoleDeviceSent: z.ZodType<wire.ConsoleDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtio"), ...VirtioConsoleDeviceSentFields }),
]);

const VirtioEntropyDeviceSentFields = {};
const VirtioEntropyDeviceSent: z.ZodType<wire.VirtioEntropyDevice> = z.strictObject(VirtioEntropyDeviceSentFields);

const EntropyDeviceSent: z.ZodType<wire.EntropyDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtio"), ...VirtioEntropyDeviceSentFields }),
]);

const VirtioTraditionalMemoryBalloonDeviceSentFields = {};
const VirtioTraditionalMemoryBalloonDeviceSent: z.ZodType<wire.VirtioTraditionalMemoryBalloonDevice> = z.strictObject(VirtioTraditionalMemoryBalloonDeviceSentFields);

const MemoryBalloonDeviceSent: z.ZodType<wire.MemoryBalloonDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtioTraditional"), ...VirtioTraditionalMemoryBalloonDeviceSentFields }),
]);

const SharedDirectorySentFields = {
  path: absolutePath,
  isReadOnly: z.boolean().optional(),
};
const SharedDirectorySent: z.ZodType<wire.SharedDirectory> = z.strictObject(SharedDirectorySentFields);

const SingleDirectoryShareSentFields = {
  directory: SharedDirectorySent,
};
const SingleDirectoryShareSent: z.ZodType<wire.SingleDirectoryShare> = z.strictObject(SingleDirectoryShareSentFields);

const MultipleDirectoryShareSentFields = {
  directories: z.record(z.string(), SharedDirectorySent),
};
const MultipleDirectoryShareSent: z.ZodType<wire.MultipleDirectoryShare> = z.strictObject(MultipleDirectoryShareSentFields);

const DirectoryShareSent: z.ZodType<wire.DirectoryShare> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("single"), ...SingleDirectoryShareSentFields }),
  z.strictObject({ kind: z.literal("multiple"), ...MultipleDirectoryShareSentFields }),
]);

const VirtioFileSystemDeviceSentFields = {
  tag: z.string(),
  share: DirectoryShareSent.optional(),
};
const VirtioFileSystemDeviceSent: z.ZodType<wire.VirtioFileSystemDevice> = z.strictObject(VirtioFileSystemDeviceSentFields);

const DirectorySharingDeviceSent: z.ZodType<wire.DirectorySharingDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtioFileSystem"), ...VirtioFileSystemDeviceSentFields }),
]);

const VirtioSocketDeviceSentFields = {};
const VirtioSocketDeviceSent: z.ZodType<wire.VirtioSocketDevice> = z.strictObject(VirtioSocketDeviceSentFields);

const SocketDeviceSent: z.ZodType<wire.SocketDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtio"), ...VirtioSocketDeviceSentFields }),
]);

const MacGraphicsDisplaySentFields = {
  widthInPixels: z.uint32(),
  heightInPixels: z.uint32(),
  pixelsPerInch: z.uint32().optional(),
};
const MacGraphicsDisplaySent: z.ZodType<wire.MacGraphicsDisplay> = z.strictObject(MacGraphicsDisplaySentFields);

const MacGraphicsDeviceSentFields = {
  displays: z.array(MacGraphicsDisplaySent),
};
const MacGraphicsDeviceSent: z.ZodType<wire.MacGraphicsDevice> = z.strictObject(MacGraphicsDeviceSentFields);

const VirtioGraphicsScanoutSentFields = {
  widthInPixels: z.uint32(),
  heightInPixels: z.uint32(),
};
const VirtioGraphicsScanoutSent: z.ZodType<wire.VirtioGraphicsScanout> = z.strictObject(VirtioGraphicsScanoutSentFields);

const VirtioGraphicsDeviceSentFields = {
  scanouts: z.array(VirtioGraphicsScanoutSent),
};
const VirtioGraphicsDeviceSent: z.ZodType<wire.VirtioGraphicsDevice> = z.strictObject(VirtioGraphicsDeviceSentFields);

const GraphicsDeviceSent: z.ZodType<wire.GraphicsDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mac"), ...MacGraphicsDeviceSentFields }),
  z.strictObject({ kind: z.literal("virtio"), ...VirtioGraphicsDeviceSentFields }),
]);

const USBKeyboardSentFields = {};
const USBKeyboardSent: z.ZodType<wire.USBKeyboard> = z.strictObject(USBKeyboardSentFields);

const MacKeyboardSentFields = {};
const MacKeyboardSent: z.ZodType<wire.MacKeyboard> = z.strictObject(MacKeyboardSentFields);

const KeyboardSent: z.ZodType<wire.Keyboard> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("usb"), ...USBKeyboardSentFields }),
  z.strictObject({ kind: z.literal("mac"), ...MacKeyboardSentFields }),
]);

const USBScreenCoordinatePointingDeviceSentFields = {};
const USBScreenCoordinatePointingDeviceSent: z.ZodType<wire.USBScreenCoordinatePointingDevice> = z.strictObject(USBScreenCoordinatePointingDeviceSentFields);

const MacTrackpadSentFields = {};
const MacTrackpadSent: z.ZodType<wire.MacTrackpad> = z.strictObject(MacTrackpadSentFields);

const PointingDeviceSent: z.ZodType<wire.PointingDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("usbScreenCoordinate"), ...USBScreenCoordinatePointingDeviceSentFields }),
  z.strictObject({ kind: z.literal("macTrackpad"), ...MacTrackpadSentFields }),
]);

const VirtioSoundDeviceSentFields = {
  output: z.boolean().optional(),
  input: z.boolean().optional(),
};
const VirtioSoundDeviceSent: z.ZodType<wire.VirtioSoundDevice> = z.strictObject(VirtioSoundDeviceSentFields);

const AudioDeviceSent: z.ZodType<wire.AudioDevice> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("virtioSound"), ...VirtioSoundDeviceSentFields }),
]);

const MachineConfigurationSentFields = {
  cpuCount: z.uint32(),
  memorySize: z.int().nonnegative(),
  label: z.string().optional(),
  platform: PlatformSent.optional(),
  bootLoader: BootLoaderSent,
  storageDevices: z.array(StorageDeviceSent).optional(),
  networkDevices: z.array(NetworkDeviceSent).optional(),
  serialPorts: z.array(SerialPortSent).optional(),
  consoleDevices: z.array(ConsoleDeviceSent).optional(),
  entropyDevices: z.array(EntropyDeviceSent).optional(),
  memoryBalloonDevices: z.array(MemoryBalloonDeviceSent).optional(),
  directorySharingDevices: z.array(DirectorySharingDeviceSent).optional(),
  socketDevices: z.array(SocketDeviceSent).optional(),
  graphicsDevices: z.array(GraphicsDeviceSent).optional(),
  keyboards: z.array(KeyboardSent).optional(),
  pointingDevices: z.array(PointingDeviceSent).optional(),
  audioDevices: z.array(AudioDeviceSent).optional(),
};
const MachineConfigurationSent: z.ZodType<wire.MachineConfiguration> = z.strictObject(MachineConfigurationSentFields);

const ClientInfoSentFields = {
  name: z.string(),
  version: z.string().optional(),
};
const ClientInfoSent: z.ZodType<wire.ClientInfo> = z.strictObject(ClientInfoSentFields);

const DiskImageFormatSent: z.ZodType<wire.DiskImageFormat> = z.enum(["raw", "asif"]);

const MachineHandleSent: z.ZodType<wire.MachineHandle> = z.string();

const MacGuestProvisioningSentFields = {
  fullName: z.string(),
  username: z.string(),
  password: z.string(),
  logsInAutomatically: z.boolean().optional(),
  enablesRemoteLogin: z.boolean().optional(),
};
const MacGuestProvisioningSent: z.ZodType<wire.MacGuestProvisioning> = z.strictObject(MacGuestProvisioningSentFields);

const RestoreImageRequirementsSentFields = {
  hardwareModel: z.base64(),
  minimumCPUCount: z.uint32(),
  minimumMemorySize: z.int().nonnegative(),
};
const RestoreImageRequirementsSent: z.ZodType<wire.RestoreImageRequirements> = z.strictObject(RestoreImageRequirementsSentFields);

const WindowCloseBehaviorSent: z.ZodType<wire.WindowCloseBehavior> = z.enum(["keepRunning", "requestStop", "stop"]);

const StartWindowSentFields = {
  isRequired: z.boolean().optional(),
  title: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  capturesSystemKeys: z.boolean().optional(),
  automaticallyReconfiguresDisplay: z.boolean().optional(),
  closeBehavior: WindowCloseBehaviorSent.optional(),
};
const StartWindowSent: z.ZodType<wire.StartWindow> = z.strictObject(StartWindowSentFields);

const BundleStateReceived: z.ZodType<wire.BundleState> = z.string();

const BundleInstallationReceived: z.ZodType<wire.BundleInstallation> = z.string();

const InstalledSystemReceivedFields = {
  version: z.string(),
  build: z.string(),
};
const InstalledSystemReceived: z.ZodType<wire.InstalledSystem> = z.looseObject(InstalledSystemReceivedFields);

const MissingFileReceivedFields = {
  field: z.string(),
  path: absolutePath,
  reason: z.string(),
};
const MissingFileReceived: z.ZodType<wire.MissingFile> = z.looseObject(MissingFileReceivedFields);

const BundleSummaryReceivedFields = {
  path: absolutePath,
  name: z.string(),
  linkTarget: absolutePath.optional(),
  state: BundleStateReceived,
  reason: z.string().optional(),
  version: z.int32().optional(),
  installation: BundleInstallationReceived.optional(),
  system: InstalledSystemReceived.optional(),
  missing: z.array(MissingFileReceived).optional(),
  standInNotice: z.string().optional(),
};
const BundleSummaryReceived: z.ZodType<wire.BundleSummary> = z.looseObject(BundleSummaryReceivedFields);

const BundleImportFormatReceived: z.ZodType<wire.BundleImportFormat> = z.string();

const RecoveryPartitionReceived: z.ZodType<wire.RecoveryPartition> = z.string();

const GenericPlatformReceivedFields = {
  machineIdentifier: z.base64().optional(),
};
const GenericPlatformReceived: z.ZodType<wire.GenericPlatform> = z.looseObject(GenericPlatformReceivedFields);

const MacPlatformReceivedFields = {
  hardwareModel: z.base64(),
  machineIdentifier: z.base64().optional(),
  auxiliaryStoragePath: absolutePath,
};
const MacPlatformReceived: z.ZodType<wire.MacPlatform> = z.looseObject(MacPlatformReceivedFields);

const PlatformReceived: z.ZodType<wire.Platform> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("generic"), ...GenericPlatformReceivedFields }),
  z.looseObject({ kind: z.literal("mac"), ...MacPlatformReceivedFields }),
]);

const LinuxBootLoaderReceivedFields = {
  kernelPath: absolutePath,
  initialRamdiskPath: absolutePath.optional(),
  commandLine: z.string().optional(),
};
const LinuxBootLoaderReceived: z.ZodType<wire.LinuxBootLoader> = z.looseObject(LinuxBootLoaderReceivedFields);

const MacOSBootLoaderReceivedFields = {};
const MacOSBootLoaderReceived: z.ZodType<wire.MacOSBootLoader> = z.looseObject(MacOSBootLoaderReceivedFields);

const BootLoaderReceived: z.ZodType<wire.BootLoader> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("linux"), ...LinuxBootLoaderReceivedFields }),
  z.looseObject({ kind: z.literal("macOS"), ...MacOSBootLoaderReceivedFields }),
]);

const DiskImageCachingModeReceived: z.ZodType<wire.DiskImageCachingMode> = z.enum(["automatic", "cached", "uncached"]);

const DiskImageSynchronizationModeReceived: z.ZodType<wire.DiskImageSynchronizationMode> = z.enum(["full", "fsync", "none"]);

const DiskImageAttachmentReceivedFields = {
  path: absolutePath,
  isReadOnly: z.boolean().optional(),
  cachingMode: DiskImageCachingModeReceived.optional(),
  synchronizationMode: DiskImageSynchronizationModeReceived.optional(),
};
const DiskImageAttachmentReceived: z.ZodType<wire.DiskImageAttachment> = z.looseObject(DiskImageAttachmentReceivedFields);

const StorageAttachmentReceived: z.ZodType<wire.StorageAttachment> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("diskImage"), ...DiskImageAttachmentReceivedFields }),
]);

const VirtioBlockDeviceReceivedFields = {
  attachment: StorageAttachmentReceived,
  blockDeviceIdentifier: z.string().optional(),
};
const VirtioBlockDeviceReceived: z.ZodType<wire.VirtioBlockDevice> = z.looseObject(VirtioBlockDeviceReceivedFields);

const StorageDeviceReceived: z.ZodType<wire.StorageDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtioBlock"), ...VirtioBlockDeviceReceivedFields }),
]);

const TransportProtocolReceived: z.ZodType<wire.TransportProtocol> = z.enum(["tcp", "udp"]);

const PortForwardReceivedFields = {
  transport: TransportProtocolReceived.optional(),
  hostAddress: z.string().optional(),
  hostPort: z.uint32(),
  guestPort: z.uint32(),
};
const PortForwardReceived: z.ZodType<wire.PortForward> = z.looseObject(PortForwardReceivedFields);

const NATAttachmentReceivedFields = {
  portForwards: z.array(PortForwardReceived).optional(),
};
const NATAttachmentReceived: z.ZodType<wire.NATAttachment> = z.looseObject(NATAttachmentReceivedFields);

const NetworkAttachmentReceived: z.ZodType<wire.NetworkAttachment> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("nat"), ...NATAttachmentReceivedFields }),
]);

const VirtioNetworkDeviceReceivedFields = {
  macAddress: z.string().optional(),
  attachment: NetworkAttachmentReceived,
};
const VirtioNetworkDeviceReceived: z.ZodType<wire.VirtioNetworkDevice> = z.looseObject(VirtioNetworkDeviceReceivedFields);

const NetworkDeviceReceived: z.ZodType<wire.NetworkDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtio"), ...VirtioNetworkDeviceReceivedFields }),
]);

const StreamAttachmentReceivedFields = {
  name: z.string().optional(),
  replaySize: z.uint32().optional(),
  logPath: absolutePath.optional(),
};
const StreamAttachmentReceived: z.ZodType<wire.StreamAttachment> = z.looseObject(StreamAttachmentReceivedFields);

const FileAttachmentReceivedFields = {
  path: absolutePath,
  append: z.boolean().optional(),
};
const FileAttachmentReceived: z.ZodType<wire.FileAttachment> = z.looseObject(FileAttachmentReceivedFields);

const SpiceAgentPortAttachmentReceivedFields = {
  sharesClipboard: z.boolean().optional(),
};
const SpiceAgentPortAttachmentReceived: z.ZodType<wire.SpiceAgentPortAttachment> = z.looseObject(SpiceAgentPortAttachmentReceivedFields);

const SerialPortAttachmentReceived: z.ZodType<wire.SerialPortAttachment> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("stream"), ...StreamAttachmentReceivedFields }),
  z.looseObject({ kind: z.literal("file"), ...FileAttachmentReceivedFields }),
  z.looseObject({ kind: z.literal("spiceAgent"), ...SpiceAgentPortAttachmentReceivedFields }),
]);

const VirtioConsoleSerialPortReceivedFields = {
  attachment: SerialPortAttachmentReceived,
};
const VirtioConsoleSerialPortReceived: z.ZodType<wire.VirtioConsoleSerialPort> = z.looseObject(VirtioConsoleSerialPortReceivedFields);

const SerialPortReceived: z.ZodType<wire.SerialPort> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtioConsole"), ...VirtioConsoleSerialPortReceivedFields }),
]);

const ConsolePortReceivedFields = {
  name: z.string().optional(),
  isConsole: z.boolean().optional(),
  attachment: SerialPortAttachmentReceived,
};
const ConsolePortReceived: z.ZodType<wire.ConsolePort> = z.looseObject(ConsolePortReceivedFields);

const VirtioConsoleDeviceReceivedFields = {
  ports: z.array(ConsolePortReceived),
};
const VirtioConsoleDeviceReceived: z.ZodType<wire.VirtioConsoleDevice> = z.looseObject(VirtioConsoleDeviceReceivedFields);

const ConsoleDeviceReceived: z.ZodType<wire.ConsoleDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtio"), ...VirtioConsoleDeviceReceivedFields }),
]);

const VirtioEntropyDeviceReceivedFields = {};
const VirtioEntropyDeviceReceived: z.ZodType<wire.VirtioEntropyDevice> = z.looseObject(VirtioEntropyDeviceReceivedFields);

const EntropyDeviceReceived: z.ZodType<wire.EntropyDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtio"), ...VirtioEntropyDeviceReceivedFields }),
]);

const VirtioTraditionalMemoryBalloonDeviceReceivedFields = {};
const VirtioTraditionalMemoryBalloonDeviceReceived: z.ZodType<wire.VirtioTraditionalMemoryBalloonDevice> = z.looseObject(VirtioTraditionalMemoryBalloonDeviceReceivedFields);

const MemoryBalloonDeviceReceived: z.ZodType<wire.MemoryBalloonDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtioTraditional"), ...VirtioTraditionalMemoryBalloonDeviceReceivedFields }),
]);

const SharedDirectoryReceivedFields = {
  path: absolutePath,
  isReadOnly: z.boolean().optional(),
};
const SharedDirectoryReceived: z.ZodType<wire.SharedDirectory> = z.looseObject(SharedDirectoryReceivedFields);

const SingleDirectoryShareReceivedFields = {
  directory: SharedDirectoryReceived,
};
const SingleDirectoryShareReceived: z.ZodType<wire.SingleDirectoryShare> = z.looseObject(SingleDirectoryShareReceivedFields);

const MultipleDirectoryShareReceivedFields = {
  directories: z.record(z.string(), SharedDirectoryReceived),
};
const MultipleDirectoryShareReceived: z.ZodType<wire.MultipleDirectoryShare> = z.looseObject(MultipleDirectoryShareReceivedFields);

const DirectoryShareReceived: z.ZodType<wire.DirectoryShare> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("single"), ...SingleDirectoryShareReceivedFields }),
  z.looseObject({ kind: z.literal("multiple"), ...MultipleDirectoryShareReceivedFields }),
]);

const VirtioFileSystemDeviceReceivedFields = {
  tag: z.string(),
  share: DirectoryShareReceived.optional(),
};
const VirtioFileSystemDeviceReceived: z.ZodType<wire.VirtioFileSystemDevice> = z.looseObject(VirtioFileSystemDeviceReceivedFields);

const DirectorySharingDeviceReceived: z.ZodType<wire.DirectorySharingDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtioFileSystem"), ...VirtioFileSystemDeviceReceivedFields }),
]);

const VirtioSocketDeviceReceivedFields = {};
const VirtioSocketDeviceReceived: z.ZodType<wire.VirtioSocketDevice> = z.looseObject(VirtioSocketDeviceReceivedFields);

const SocketDeviceReceived: z.ZodType<wire.SocketDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtio"), ...VirtioSocketDeviceReceivedFields }),
]);

const MacGraphicsDisplayReceivedFields = {
  widthInPixels: z.uint32(),
  heightInPixels: z.uint32(),
  pixelsPerInch: z.uint32().optional(),
};
const MacGraphicsDisplayReceived: z.ZodType<wire.MacGraphicsDisplay> = z.looseObject(MacGraphicsDisplayReceivedFields);

const MacGraphicsDeviceReceivedFields = {
  displays: z.array(MacGraphicsDisplayReceived),
};
const MacGraphicsDeviceReceived: z.ZodType<wire.MacGraphicsDevice> = z.looseObject(MacGraphicsDeviceReceivedFields);

const VirtioGraphicsScanoutReceivedFields = {
  widthInPixels: z.uint32(),
  heightInPixels: z.uint32(),
};
const VirtioGraphicsScanoutReceived: z.ZodType<wire.VirtioGraphicsScanout> = z.looseObject(VirtioGraphicsScanoutReceivedFields);

const VirtioGraphicsDeviceReceivedFields = {
  scanouts: z.array(VirtioGraphicsScanoutReceived),
};
const VirtioGraphicsDeviceReceived: z.ZodType<wire.VirtioGraphicsDevice> = z.looseObject(VirtioGraphicsDeviceReceivedFields);

const GraphicsDeviceReceived: z.ZodType<wire.GraphicsDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("mac"), ...MacGraphicsDeviceReceivedFields }),
  z.looseObject({ kind: z.literal("virtio"), ...VirtioGraphicsDeviceReceivedFields }),
]);

const USBKeyboardReceivedFields = {};
const USBKeyboardReceived: z.ZodType<wire.USBKeyboard> = z.looseObject(USBKeyboardReceivedFields);

const MacKeyboardReceivedFields = {};
const MacKeyboardReceived: z.ZodType<wire.MacKeyboard> = z.looseObject(MacKeyboardReceivedFields);

const KeyboardReceived: z.ZodType<wire.Keyboard> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("usb"), ...USBKeyboardReceivedFields }),
  z.looseObject({ kind: z.literal("mac"), ...MacKeyboardReceivedFields }),
]);

const USBScreenCoordinatePointingDeviceReceivedFields = {};
const USBScreenCoordinatePointingDeviceReceived: z.ZodType<wire.USBScreenCoordinatePointingDevice> = z.looseObject(USBScreenCoordinatePointingDeviceReceivedFields);

const MacTrackpadReceivedFields = {};
const MacTrackpadReceived: z.ZodType<wire.MacTrackpad> = z.looseObject(MacTrackpadReceivedFields);

const PointingDeviceReceived: z.ZodType<wire.PointingDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("usbScreenCoordinate"), ...USBScreenCoordinatePointingDeviceReceivedFields }),
  z.looseObject({ kind: z.literal("macTrackpad"), ...MacTrackpadReceivedFields }),
]);

const VirtioSoundDeviceReceivedFields = {
  output: z.boolean().optional(),
  input: z.boolean().optional(),
};
const VirtioSoundDeviceReceived: z.ZodType<wire.VirtioSoundDevice> = z.looseObject(VirtioSoundDeviceReceivedFields);

const AudioDeviceReceived: z.ZodType<wire.AudioDevice> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("virtioSound"), ...VirtioSoundDeviceReceivedFields }),
]);

const MachineConfigurationReceivedFields = {
  cpuCount: z.uint32(),
  memorySize: z.int().nonnegative(),
  label: z.string().optional(),
  platform: PlatformReceived.optional(),
  bootLoader: BootLoaderReceived,
  storageDevices: z.array(StorageDeviceReceived).optional(),
  networkDevices: z.array(NetworkDeviceReceived).optional(),
  serialPorts: z.array(SerialPortReceived).optional(),
  consoleDevices: z.array(ConsoleDeviceReceived).optional(),
  entropyDevices: z.array(EntropyDeviceReceived).optional(),
  memoryBalloonDevices: z.array(MemoryBalloonDeviceReceived).optional(),
  directorySharingDevices: z.array(DirectorySharingDeviceReceived).optional(),
  socketDevices: z.array(SocketDeviceReceived).optional(),
  graphicsDevices: z.array(GraphicsDeviceReceived).optional(),
  keyboards: z.array(KeyboardReceived).optional(),
  pointingDevices: z.array(PointingDeviceReceived).optional(),
  audioDevices: z.array(AudioDeviceReceived).optional(),
};
const MachineConfigurationReceived: z.ZodType<wire.MachineConfiguration> = z.looseObject(MachineConfigurationReceivedFields);

const HelperInfoReceivedFields = {
  version: z.string(),
  processIdentifier: z.int32(),
};
const HelperInfoReceived: z.ZodType<wire.HelperInfo> = z.looseObject(HelperInfoReceivedFields);

const UnavailableFeatureReceivedFields = {
  name: z.string(),
  reason: z.string(),
  needs: z.string().optional(),
};
const UnavailableFeatureReceived: z.ZodType<wire.UnavailableFeature> = z.looseObject(UnavailableFeatureReceivedFields);

const AppleErrorReceivedFields = {
  domain: z.string(),
  code: z.int(),
  name: z.string().optional(),
  description: z.string(),
  failureReason: z.string().optional(),
  get underlying(): z.ZodType<wire.AppleError | undefined> {
    return AppleErrorReceived.optional();
  },
};
const AppleErrorReceived: z.ZodType<wire.AppleError> = z.looseObject(AppleErrorReceivedFields);

const ErrorInfoReceivedFields = {
  kind: z.string(),
  code: z.int32(),
  message: z.string(),
  get apple(): z.ZodType<wire.AppleError | undefined> {
    return AppleErrorReceived.optional();
  },
};
const ErrorInfoReceived: z.ZodType<wire.ErrorInfo> = z.looseObject(ErrorInfoReceivedFields);

const ErrorDataReceivedFields = {
  kind: z.string(),
  hint: z.string().optional(),
  path: z.string().optional(),
  details: z.record(z.string(), z.json()).optional(),
  get apple(): z.ZodType<wire.AppleError | undefined> {
    return AppleErrorReceived.optional();
  },
};
const ErrorDataReceived: z.ZodType<wire.ErrorData> = z.looseObject(ErrorDataReceivedFields);

const DiskProgressReceivedFields = {
  completed: z.int().nonnegative(),
  total: z.int().nonnegative(),
};
const DiskProgressReceived: z.ZodType<wire.DiskProgress> = z.looseObject(DiskProgressReceivedFields);

const DisplayReceivedFields = {
  index: z.uint32(),
  widthInPixels: z.uint32(),
  heightInPixels: z.uint32(),
  pixelsPerInch: z.uint32().optional(),
};
const DisplayReceived: z.ZodType<wire.Display> = z.looseObject(DisplayReceivedFields);

const HypervisorNameReceived: z.ZodType<wire.HypervisorName> = z.string();

const AcceleratorReceived: z.ZodType<wire.Accelerator> = z.string();

const HypervisorReceivedFields = {
  name: HypervisorNameReceived,
  version: z.string().optional(),
  path: absolutePath.optional(),
  accelerator: AcceleratorReceived,
  acceleratorReason: z.string(),
};
const HypervisorReceived: z.ZodType<wire.Hypervisor> = z.looseObject(HypervisorReceivedFields);

const HostDescriptionReceivedFields = {
  os: z.string(),
  osVersion: z.string(),
  architecture: z.string(),
  processorCount: z.uint32(),
  memorySize: z.int().nonnegative(),
  isVirtualizationSupported: z.boolean(),
  unsupportedReason: z.string().optional(),
  hypervisor: HypervisorReceived,
  standInNotice: z.string().optional(),
};
const HostDescriptionReceived: z.ZodType<wire.HostDescription> = z.looseObject(HostDescriptionReceivedFields);

const HostLimitsReceivedFields = {
  minimumCPUCount: z.uint32(),
  maximumCPUCount: z.uint32(),
  minimumMemorySize: z.int().nonnegative(),
  maximumMemorySize: z.int().nonnegative(),
  maximumFrameSize: z.int().nonnegative(),
  maximumRequestsInFlight: z.uint32(),
  maximumSocketPathLength: z.uint32(),
};
const HostLimitsReceived: z.ZodType<wire.HostLimits> = z.looseObject(HostLimitsReceivedFields);

const HostFactIdentifierReceived: z.ZodType<wire.HostFactIdentifier> = z.string();

const HostFactStatusReceived: z.ZodType<wire.HostFactStatus> = z.string();

const HostFactReceivedFields = {
  id: HostFactIdentifierReceived,
  status: HostFactStatusReceived,
  finding: z.string(),
  remedy: z.string().optional(),
};
const HostFactReceived: z.ZodType<wire.HostFact> = z.looseObject(HostFactReceivedFields);

const MachineHandleReceived: z.ZodType<wire.MachineHandle> = z.string();

const RunningMacReceivedFields = {
  machine: MachineHandleReceived,
  name: z.string(),
  processIdentifier: z.int32(),
};
const RunningMacReceived: z.ZodType<wire.RunningMac> = z.looseObject(RunningMacReceivedFields);

const MachineStateReceived: z.ZodType<wire.MachineState> = z.string();

const StopReasonReceived: z.ZodType<wire.StopReason> = z.string();

const MachineSummaryReceivedFields = {
  machine: MachineHandleReceived,
  name: z.string().optional(),
  state: MachineStateReceived,
};
const MachineSummaryReceived: z.ZodType<wire.MachineSummary> = z.looseObject(MachineSummaryReceivedFields);

const RunningMachineReceivedFields = {
  machine: MachineHandleReceived,
  name: z.string(),
  processIdentifier: z.int32(),
  bundle: absolutePath.optional(),
};
const RunningMachineReceived: z.ZodType<wire.RunningMachine> = z.looseObject(RunningMachineReceivedFields);

const InstallPhaseReceived: z.ZodType<wire.InstallPhase> = z.string();

const MachineInstallProgressReceivedFields = {
  phase: InstallPhaseReceived,
  fraction: z.number(),
  rate: z.number(),
  secondsLeft: z.number().optional(),
  secondsSinceChange: z.number(),
  isStalled: z.boolean(),
};
const MachineInstallProgressReceived: z.ZodType<wire.MachineInstallProgress> = z.looseObject(MachineInstallProgressReceivedFields);

const AddressSourceReceived: z.ZodType<wire.AddressSource> = z.string();

const GuestAddressReceivedFields = {
  device: z.uint32(),
  macAddress: z.string(),
  address: z.string().optional(),
  source: AddressSourceReceived,
  isReachable: z.boolean(),
  isExpired: z.boolean().optional(),
  reason: z.string().optional(),
  portForwards: z.array(PortForwardReceived).optional(),
};
const GuestAddressReceived: z.ZodType<wire.GuestAddress> = z.looseObject(GuestAddressReceivedFields);

const RestoreImageRequirementsReceivedFields = {
  hardwareModel: z.base64(),
  minimumCPUCount: z.uint32(),
  minimumMemorySize: z.int().nonnegative(),
};
const RestoreImageRequirementsReceived: z.ZodType<wire.RestoreImageRequirements> = z.looseObject(RestoreImageRequirementsReceivedFields);

const RestoreImageInfoReceivedFields = {
  path: absolutePath.optional(),
  url: z.string().optional(),
  version: z.string(),
  build: z.string(),
  size: z.int().nonnegative().optional(),
  isSupported: z.boolean(),
  unsupportedReason: z.string().optional(),
  requirements: RestoreImageRequirementsReceived.optional(),
  standInNotice: z.string().optional(),
};
const RestoreImageInfoReceived: z.ZodType<wire.RestoreImageInfo> = z.looseObject(RestoreImageInfoReceivedFields);

const RestoreImagePreflightWarningKindReceived: z.ZodType<wire.RestoreImagePreflightWarningKind> = z.string();

const RestoreImagePreflightWarningReceivedFields = {
  kind: RestoreImagePreflightWarningKindReceived,
  message: z.string(),
};
const RestoreImagePreflightWarningReceived: z.ZodType<wire.RestoreImagePreflightWarning> = z.looseObject(RestoreImagePreflightWarningReceivedFields);

const RestoreImageDownloadPhaseReceived: z.ZodType<wire.RestoreImageDownloadPhase> = z.string();

const RestoreImageDownloadProgressReceivedFields = {
  phase: RestoreImageDownloadPhaseReceived,
  completed: z.int().nonnegative(),
  total: z.int().nonnegative().optional(),
  bytesPerSecond: z.number(),
  secondsLeft: z.number().optional(),
  note: z.string().optional(),
};
const RestoreImageDownloadProgressReceived: z.ZodType<wire.RestoreImageDownloadProgress> = z.looseObject(RestoreImageDownloadProgressReceivedFields);

const RestoreImageOriginReceived: z.ZodType<wire.RestoreImageOrigin> = z.string();

const RestoreImageCacheEntryReceivedFields = {
  url: z.string(),
  path: absolutePath,
  size: z.int().nonnegative().optional(),
  diskSize: z.int().nonnegative(),
  isComplete: z.boolean(),
  isInUse: z.boolean(),
  lastUsed: z.number(),
};
const RestoreImageCacheEntryReceived: z.ZodType<wire.RestoreImageCacheEntry> = z.looseObject(RestoreImageCacheEntryReceivedFields);

const SharingDeviceReceivedFields = {
  tag: z.string(),
  share: DirectoryShareReceived.optional(),
};
const SharingDeviceReceived: z.ZodType<wire.SharingDevice> = z.looseObject(SharingDeviceReceivedFields);

const WindowClosedReasonReceived: z.ZodType<wire.WindowClosedReason> = z.string();


/** Methods that take params. */
export type MethodWithParams = {
  [Method in keyof Requests]: Requests[Method]["params"] extends undefined ? never : Method;
}[keyof Requests];

/** Params of every method that has any; unknown keys are refused. */
export const paramsSchemas: { readonly [Method in MethodWithParams]: z.ZodType<Requests[Method]["params"]> } = {
  "balloon.target": z.strictObject({
    machine: MachineHandleSent,
  }),
  "balloon.setTarget": z.strictObject({
    machine: MachineHandleSent,
    memorySize: z.int().nonnegative(),
  }),
  "bundle.create": z.strictObject({
    path: absolutePath,
    configuration: MachineConfigurationSent,
    diskSize: z.int().nonnegative().optional(),
    diskFormat: DiskImageFormatSent.optional(),
    installation: BundleInstallationSent.optional(),
  }),
  "bundle.createMac": z.strictObject({
    path: absolutePath,
    restoreImage: absolutePath,
    cpuCount: z.uint32().optional(),
    name: z.string().optional(),
    memorySize: z.int().nonnegative().optional(),
    diskSize: z.int().nonnegative().optional(),
    diskFormat: DiskImageFormatSent.optional(),
    label: z.string().optional(),
    storageDevices: z.array(StorageDeviceSent).optional(),
    networkDevices: z.array(NetworkDeviceSent).optional(),
    serialPorts: z.array(SerialPortSent).optional(),
    consoleDevices: z.array(ConsoleDeviceSent).optional(),
    entropyDevices: z.array(EntropyDeviceSent).optional(),
    memoryBalloonDevices: z.array(MemoryBalloonDeviceSent).optional(),
    directorySharingDevices: z.array(DirectorySharingDeviceSent).optional(),
    socketDevices: z.array(SocketDeviceSent).optional(),
    graphicsDevices: z.array(GraphicsDeviceSent).optional(),
    keyboards: z.array(KeyboardSent).optional(),
    pointingDevices: z.array(PointingDeviceSent).optional(),
    audioDevices: z.array(AudioDeviceSent).optional(),
  }),
  "bundle.open": z.strictObject({
    path: absolutePath,
    name: z.string().optional(),
  }),
  "bundle.list": z.strictObject({
    folder: absolutePath,
  }),
  "bundle.inspect": z.strictObject({
    path: absolutePath,
  }),
  "bundle.clone": z.strictObject({
    path: absolutePath,
    to: absolutePath,
    synchronize: z.boolean().optional(),
  }),
  "bundle.import": z.strictObject({
    from: absolutePath,
    to: absolutePath,
    newIdentity: z.boolean().optional(),
    synchronize: z.boolean().optional(),
  }),
  "bundle.rename": z.strictObject({
    path: absolutePath,
    name: z.string(),
  }),
  "bundle.update": z.strictObject({
    path: absolutePath,
    configuration: MachineConfigurationSent,
  }),
  "bundle.renewIdentity": z.strictObject({
    path: absolutePath,
  }),
  "bundle.resizeDisk": z.strictObject({
    path: absolutePath,
    size: z.int().nonnegative(),
    relocateRecovery: z.boolean().optional(),
  }),
  "bundle.delete": z.strictObject({
    path: absolutePath,
  }),
  "console.attach": z.strictObject({
    machine: MachineHandleSent,
    console: z.string().optional(),
    from: z.int().nonnegative().optional(),
  }),
  "initialize": z.strictObject({
    client: ClientInfoSent.optional(),
    protocolVersions: z.array(z.string()),
    shutdownGrace: z.number().optional(),
  }),
  "shutdown": z.strictObject({
    grace: z.number().optional(),
  }),
  "disk.create": z.strictObject({
    path: absolutePath,
    size: z.int().nonnegative(),
    isSparse: z.boolean().optional(),
    overwrite: z.boolean().optional(),
    format: DiskImageFormatSent.optional(),
  }),
  "display.list": z.strictObject({
    machine: MachineHandleSent,
  }),
  "display.reconfigure": z.strictObject({
    machine: MachineHandleSent,
    display: z.uint32().optional(),
    widthInPixels: z.uint32(),
    heightInPixels: z.uint32(),
    pixelsPerInch: z.uint32().optional(),
  }),
  "display.screenshot": z.strictObject({
    machine: MachineHandleSent,
    display: z.uint32().optional(),
    to: absolutePath.optional(),
    overwrite: z.boolean().optional(),
    timeout: z.number().optional(),
  }),
  "host.diagnose": z.strictObject({
    folder: absolutePath.optional(),
  }),
  "mac.createAuxiliaryStorage": z.strictObject({
    path: absolutePath,
    hardwareModel: z.base64(),
    overwrite: z.boolean().optional(),
  }),
  "machine.install": z.strictObject({
    machine: MachineHandleSent,
    path: absolutePath,
    overwrite: z.boolean().optional(),
  }),
  "machine.validate": z.strictObject({
    configuration: MachineConfigurationSent,
  }),
  "machine.create": z.strictObject({
    configuration: MachineConfigurationSent,
    name: z.string().optional(),
  }),
  "machine.start": z.strictObject({
    machine: MachineHandleSent,
    paused: z.boolean().optional(),
    allowDuplicateIdentity: z.boolean().optional(),
    startUpFromMacOSRecovery: z.boolean().optional(),
    guestProvisioning: MacGuestProvisioningSent.optional(),
    shares: z.record(z.string(), DirectoryShareSent).optional(),
    window: StartWindowSent.optional(),
  }),
  "machine.pause": z.strictObject({
    machine: MachineHandleSent,
  }),
  "machine.resume": z.strictObject({
    machine: MachineHandleSent,
  }),
  "machine.requestStop": z.strictObject({
    machine: MachineHandleSent,
    stopAfter: z.number().optional(),
  }),
  "machine.stop": z.strictObject({
    machine: MachineHandleSent,
  }),
  "machine.state": z.strictObject({
    machine: MachineHandleSent,
    live: z.boolean().optional(),
  }),
  "machine.dispose": z.strictObject({
    machine: MachineHandleSent,
  }),
  "network.addresses": z.strictObject({
    machine: MachineHandleSent,
  }),
  "restoreImage.load": z.strictObject({
    path: absolutePath,
  }),
  "restoreImage.latestSupported": z.strictObject({
    catalogURL: z.string().optional(),
  }),
  "restoreImage.preflight": z.strictObject({
    version: z.string().optional(),
    requirements: RestoreImageRequirementsSent.optional(),
    cpuCount: z.uint32().optional(),
    memorySize: z.int().nonnegative().optional(),
    diskSize: z.int().nonnegative().optional(),
    imageSize: z.int().nonnegative().optional(),
    folder: absolutePath.optional(),
    url: z.string().optional(),
    downloadFolder: absolutePath.optional(),
  }),
  "restoreImage.download": z.strictObject({
    url: z.string(),
    to: absolutePath.optional(),
    sha256: z.string().optional(),
    connections: z.uint32().optional(),
    overwrite: z.boolean().optional(),
    retries: z.uint32().optional(),
    stallTimeout: z.number().optional(),
  }),
  "restoreImage.cachePrune": z.strictObject({
    maximumSize: z.int().nonnegative().optional(),
    olderThan: z.number().optional(),
  }),
  "sharing.list": z.strictObject({
    machine: MachineHandleSent,
  }),
  "sharing.setShare": z.strictObject({
    machine: MachineHandleSent,
    tag: z.string(),
    share: DirectoryShareSent.optional(),
  }),
  "socket.connect": z.strictObject({
    machine: MachineHandleSent,
    port: z.uint32(),
  }),
  "socket.listen": z.strictObject({
    machine: MachineHandleSent,
    port: z.uint32(),
  }),
  "socket.stopListening": z.strictObject({
    machine: MachineHandleSent,
    port: z.uint32(),
  }),
  "window.open": z.strictObject({
    machine: MachineHandleSent,
    title: z.string().optional(),
    width: z.number().optional(),
    height: z.number().optional(),
    capturesSystemKeys: z.boolean().optional(),
    automaticallyReconfiguresDisplay: z.boolean().optional(),
    closeBehavior: WindowCloseBehaviorSent.optional(),
  }),
  "window.close": z.strictObject({
    machine: MachineHandleSent,
  }),
};

/** Results of every method; unknown keys are kept. */
export const resultSchemas: { readonly [Method in keyof Requests]: z.ZodType<Requests[Method]["result"]> } = {
  "balloon.target": z.looseObject({
    memorySize: z.int().nonnegative(),
  }),
  "balloon.setTarget": z.looseObject({
    memorySize: z.int().nonnegative(),
  }),
  "bundle.create": z.looseObject({
    path: absolutePath,
    configuration: MachineConfigurationReceived,
  }),
  "bundle.createMac": z.looseObject({
    machine: MachineHandleReceived,
    configuration: MachineConfigurationReceived,
    installation: BundleInstallationReceived,
    standInNotice: z.string().optional(),
    warnings: z.array(RestoreImagePreflightWarningReceived),
  }),
  "bundle.open": z.looseObject({
    machine: MachineHandleReceived,
    configuration: MachineConfigurationReceived,
    installation: BundleInstallationReceived,
    standInNotice: z.string().optional(),
  }),
  "bundle.list": z.looseObject({
    bundles: z.array(BundleSummaryReceived),
  }),
  "bundle.inspect": z.looseObject({
    bundle: BundleSummaryReceived,
    configuration: MachineConfigurationReceived.optional(),
    diskSize: z.int().nonnegative().optional(),
    diskUsage: z.int().nonnegative().optional(),
    diskLinkTarget: absolutePath.optional(),
    identityHolders: z.array(RunningMachineReceived).optional(),
  }),
  "bundle.clone": z.looseObject({
    path: absolutePath,
    configuration: MachineConfigurationReceived,
  }),
  "bundle.import": z.looseObject({
    path: absolutePath,
    configuration: MachineConfigurationReceived,
    format: BundleImportFormatReceived,
    notes: z.array(z.string()),
  }),
  "bundle.rename": z.looseObject({
    path: absolutePath,
  }),
  "bundle.update": z.looseObject({
    configuration: MachineConfigurationReceived,
  }),
  "bundle.renewIdentity": z.looseObject({
    configuration: MachineConfigurationReceived,
  }),
  "bundle.resizeDisk": z.looseObject({
    size: z.int().nonnegative(),
    recovery: RecoveryPartitionReceived.optional(),
    notes: z.array(z.string()),
  }),
  "bundle.delete": z.looseObject({}),
  "console.attach": z.looseObject({
    path: absolutePath,
    offset: z.int().nonnegative(),
    endOffset: z.int().nonnegative(),
  }),
  "initialize": z.looseObject({
    protocolVersion: z.string(),
    protocolHash: z.string(),
    helper: HelperInfoReceived,
    host: HostDescriptionReceived,
    limits: HostLimitsReceived,
    unavailable: z.array(UnavailableFeatureReceived),
  }),
  "ping": z.looseObject({}),
  "shutdown": z.looseObject({}),
  "disk.create": z.looseObject({
    path: absolutePath,
    size: z.int().nonnegative(),
  }),
  "display.list": z.looseObject({
    displays: z.array(DisplayReceived),
  }),
  "display.reconfigure": z.looseObject({}),
  "display.screenshot": z.looseObject({
    path: absolutePath,
    width: z.uint32(),
    height: z.uint32(),
    size: z.int().nonnegative(),
  }),
  "host.diagnose": z.looseObject({
    facts: z.array(HostFactReceived),
    runningMacs: z.array(RunningMacReceived),
  }),
  "host.describe": z.looseObject({
    host: HostDescriptionReceived,
    limits: HostLimitsReceived,
    unavailable: z.array(UnavailableFeatureReceived),
  }),
  "mac.createAuxiliaryStorage": z.looseObject({
    path: absolutePath,
  }),
  "mac.createMachineIdentifier": z.looseObject({
    machineIdentifier: z.base64(),
  }),
  "machine.install": z.looseObject({
    version: z.string(),
    build: z.string(),
  }),
  "machine.validate": z.looseObject({
    canSaveAndRestore: z.boolean(),
    saveAndRestoreReason: z.string().optional(),
  }),
  "machine.create": z.looseObject({
    machine: MachineHandleReceived,
    configuration: MachineConfigurationReceived,
  }),
  "machine.list": z.looseObject({
    machines: z.array(MachineSummaryReceived),
  }),
  "machine.start": z.looseObject({
    noWindowReason: z.string().optional(),
  }),
  "machine.pause": z.looseObject({}),
  "machine.resume": z.looseObject({}),
  "machine.requestStop": z.looseObject({}),
  "machine.stop": z.looseObject({}),
  "machine.state": z.looseObject({
    state: MachineStateReceived,
    canStart: z.boolean(),
    canPause: z.boolean(),
    canResume: z.boolean(),
    canStop: z.boolean(),
    canRequestStop: z.boolean(),
    hypervisorStatus: z.string().optional(),
    isHypervisorResponding: z.boolean().optional(),
    pauseError: ErrorInfoReceived.optional(),
    hypervisorProcessIdentifier: z.int32().optional(),
  }),
  "machine.dispose": z.looseObject({}),
  "network.addresses": z.looseObject({
    addresses: z.array(GuestAddressReceived),
  }),
  "restoreImage.load": z.looseObject({
    image: RestoreImageInfoReceived,
  }),
  "restoreImage.latestSupported": z.looseObject({
    image: RestoreImageInfoReceived,
  }),
  "restoreImage.preflight": z.looseObject({
    warnings: z.array(RestoreImagePreflightWarningReceived),
  }),
  "restoreImage.download": z.looseObject({
    path: absolutePath,
    size: z.int().nonnegative(),
    sha256: z.string().optional(),
    origin: RestoreImageOriginReceived,
    received: z.int().nonnegative(),
    restartReason: z.string().optional(),
  }),
  "restoreImage.cacheList": z.looseObject({
    folder: absolutePath,
    entries: z.array(RestoreImageCacheEntryReceived),
  }),
  "restoreImage.cachePrune": z.looseObject({
    removed: z.array(RestoreImageCacheEntryReceived),
    freed: z.int().nonnegative(),
  }),
  "sharing.list": z.looseObject({
    devices: z.array(SharingDeviceReceived),
  }),
  "sharing.setShare": z.looseObject({}),
  "socket.connect": z.looseObject({
    path: absolutePath,
  }),
  "socket.listen": z.looseObject({}),
  "socket.stopListening": z.looseObject({}),
  "window.open": z.looseObject({}),
  "window.close": z.looseObject({}),
};

/** Values reported while a request runs. */
export const progressSchemas = {
  "bundle.clone": DiskProgressReceived,
  "bundle.import": DiskProgressReceived,
  "bundle.resizeDisk": DiskProgressReceived,
  "disk.create": DiskProgressReceived,
  "machine.install": MachineInstallProgressReceived,
  "restoreImage.download": RestoreImageDownloadProgressReceived,
} as const;

/** Params of every event; unknown keys are kept. */
export const eventSchemas: { readonly [Event in keyof Events]: z.ZodType<Events[Event]> } = {
  "machine.stateChanged": z.looseObject({
    machine: MachineHandleReceived,
    state: MachineStateReceived,
    previousState: MachineStateReceived,
    pauseError: ErrorInfoReceived.optional(),
  }),
  "machine.stopped": z.looseObject({
    machine: MachineHandleReceived,
    reason: StopReasonReceived,
    error: ErrorInfoReceived.optional(),
  }),
  "socket.accepted": z.looseObject({
    machine: MachineHandleReceived,
    port: z.uint32(),
    sourcePort: z.uint32(),
    path: absolutePath,
  }),
  "window.closed": z.looseObject({
    machine: MachineHandleReceived,
    reason: WindowClosedReasonReceived,
  }),
};

/** Every named type, as a client sends it. */
export const sentSchemas = {
  BundleInstallation: BundleInstallationSent,
  GenericPlatform: GenericPlatformSent,
  MacPlatform: MacPlatformSent,
  Platform: PlatformSent,
  LinuxBootLoader: LinuxBootLoaderSent,
  MacOSBootLoader: MacOSBootLoaderSent,
  BootLoader: BootLoaderSent,
  DiskImageCachingMode: DiskImageCachingModeSent,
  DiskImageSynchronizationMode: DiskImageSynchronizationModeSent,
  DiskImageAttachment: DiskImageAttachmentSent,
  StorageAttachment: StorageAttachmentSent,
  VirtioBlockDevice: VirtioBlockDeviceSent,
  StorageDevice: StorageDeviceSent,
  TransportProtocol: TransportProtocolSent,
  PortForward: PortForwardSent,
  NATAttachment: NATAttachmentSent,
  NetworkAttachment: NetworkAttachmentSent,
  VirtioNetworkDevice: VirtioNetworkDeviceSent,
  NetworkDevice: NetworkDeviceSent,
  StreamAttachment: StreamAttachmentSent,
  FileAttachment: FileAttachmentSent,
  SpiceAgentPortAttachment: SpiceAgentPortAttachmentSent,
  SerialPortAttachment: SerialPortAttachmentSent,
  VirtioConsoleSerialPort: VirtioConsoleSerialPortSent,
  SerialPort: SerialPortSent,
  ConsolePort: ConsolePortSent,
  VirtioConsoleDevice: VirtioConsoleDeviceSent,
  ConsoleDevice: ConsoleDeviceSent,
  VirtioEntropyDevice: VirtioEntropyDeviceSent,
  EntropyDevice: EntropyDeviceSent,
  VirtioTraditionalMemoryBalloonDevice: VirtioTraditionalMemoryBalloonDeviceSent,
  MemoryBalloonDevice: MemoryBalloonDeviceSent,
  SharedDirectory: SharedDirectorySent,
  SingleDirectoryShare: SingleDirectoryShareSent,
  MultipleDirectoryShare: MultipleDirectoryShareSent,
  DirectoryShare: DirectoryShareSent,
  VirtioFileSystemDevice: VirtioFileSystemDeviceSent,
  DirectorySharingDevice: DirectorySharingDeviceSent,
  VirtioSocketDevice: VirtioSocketDeviceSent,
  SocketDevice: SocketDeviceSent,
  MacGraphicsDisplay: MacGraphicsDisplaySent,
  MacGraphicsDevice: MacGraphicsDeviceSent,
  VirtioGraphicsScanout: VirtioGraphicsScanoutSent,
  VirtioGraphicsDevice: VirtioGraphicsDeviceSent,
  GraphicsDevice: GraphicsDeviceSent,
  USBKeyboard: USBKeyboardSent,
  MacKeyboard: MacKeyboardSent,
  Keyboard: KeyboardSent,
  USBScreenCoordinatePointingDevice: USBScreenCoordinatePointingDeviceSent,
  MacTrackpad: MacTrackpadSent,
  PointingDevice: PointingDeviceSent,
  VirtioSoundDevice: VirtioSoundDeviceSent,
  AudioDevice: AudioDeviceSent,
  MachineConfiguration: MachineConfigurationSent,
  ClientInfo: ClientInfoSent,
  DiskImageFormat: DiskImageFormatSent,
  MachineHandle: MachineHandleSent,
  MacGuestProvisioning: MacGuestProvisioningSent,
  RestoreImageRequirements: RestoreImageRequirementsSent,
  WindowCloseBehavior: WindowCloseBehaviorSent,
  StartWindow: StartWindowSent,
} as const;

/** Every named type, as a client receives it. */
export const receivedSchemas = {
  BundleState: BundleStateReceived,
  BundleInstallation: BundleInstallationReceived,
  InstalledSystem: InstalledSystemReceived,
  MissingFile: MissingFileReceived,
  BundleSummary: BundleSummaryReceived,
  BundleImportFormat: BundleImportFormatReceived,
  RecoveryPartition: RecoveryPartitionReceived,
  GenericPlatform: GenericPlatformReceived,
  MacPlatform: MacPlatformReceived,
  Platform: PlatformReceived,
  LinuxBootLoader: LinuxBootLoaderReceived,
  MacOSBootLoader: MacOSBootLoaderReceived,
  BootLoader: BootLoaderReceived,
  DiskImageCachingMode: DiskImageCachingModeReceived,
  DiskImageSynchronizationMode: DiskImageSynchronizationModeReceived,
  DiskImageAttachment: DiskImageAttachmentReceived,
  StorageAttachment: StorageAttachmentReceived,
  VirtioBlockDevice: VirtioBlockDeviceReceived,
  StorageDevice: StorageDeviceReceived,
  TransportProtocol: TransportProtocolReceived,
  PortForward: PortForwardReceived,
  NATAttachment: NATAttachmentReceived,
  NetworkAttachment: NetworkAttachmentReceived,
  VirtioNetworkDevice: VirtioNetworkDeviceReceived,
  NetworkDevice: NetworkDeviceReceived,
  StreamAttachment: StreamAttachmentReceived,
  FileAttachment: FileAttachmentReceived,
  SpiceAgentPortAttachment: SpiceAgentPortAttachmentReceived,
  SerialPortAttachment: SerialPortAttachmentReceived,
  VirtioConsoleSerialPort: VirtioConsoleSerialPortReceived,
  SerialPort: SerialPortReceived,
  ConsolePort: ConsolePortReceived,
  VirtioConsoleDevice: VirtioConsoleDeviceReceived,
  ConsoleDevice: ConsoleDeviceReceived,
  VirtioEntropyDevice: VirtioEntropyDeviceReceived,
  EntropyDevice: EntropyDeviceReceived,
  VirtioTraditionalMemoryBalloonDevice: VirtioTraditionalMemoryBalloonDeviceReceived,
  MemoryBalloonDevice: MemoryBalloonDeviceReceived,
  SharedDirectory: SharedDirectoryReceived,
  SingleDirectoryShare: SingleDirectoryShareReceived,
  MultipleDirectoryShare: MultipleDirectoryShareReceived,
  DirectoryShare: DirectoryShareReceived,
  VirtioFileSystemDevice: VirtioFileSystemDeviceReceived,
  DirectorySharingDevice: DirectorySharingDeviceReceived,
  VirtioSocketDevice: VirtioSocketDeviceReceived,
  SocketDevice: SocketDeviceReceived,
  MacGraphicsDisplay: MacGraphicsDisplayReceived,
  MacGraphicsDevice: MacGraphicsDeviceReceived,
  VirtioGraphicsScanout: VirtioGraphicsScanoutReceived,
  VirtioGraphicsDevice: VirtioGraphicsDeviceReceived,
  GraphicsDevice: GraphicsDeviceReceived,
  USBKeyboard: USBKeyboardReceived,
  MacKeyboard: MacKeyboardReceived,
  Keyboard: KeyboardReceived,
  USBScreenCoordinatePointingDevice: USBScreenCoordinatePointingDeviceReceived,
  MacTrackpad: MacTrackpadReceived,
  PointingDevice: PointingDeviceReceived,
  VirtioSoundDevice: VirtioSoundDeviceReceived,
  AudioDevice: AudioDeviceReceived,
  MachineConfiguration: MachineConfigurationReceived,
  HelperInfo: HelperInfoReceived,
  UnavailableFeature: UnavailableFeatureReceived,
  AppleError: AppleErrorReceived,
  ErrorInfo: ErrorInfoReceived,
  ErrorData: ErrorDataReceived,
  DiskProgress: DiskProgressReceived,
  Display: DisplayReceived,
  HypervisorName: HypervisorNameReceived,
  Accelerator: AcceleratorReceived,
  Hypervisor: HypervisorReceived,
  HostDescription: HostDescriptionReceived,
  HostLimits: HostLimitsReceived,
  HostFactIdentifier: HostFactIdentifierReceived,
  HostFactStatus: HostFactStatusReceived,
  HostFact: HostFactReceived,
  MachineHandle: MachineHandleReceived,
  RunningMac: RunningMacReceived,
  MachineState: MachineStateReceived,
  StopReason: StopReasonReceived,
  MachineSummary: MachineSummaryReceived,
  RunningMachine: RunningMachineReceived,
  InstallPhase: InstallPhaseReceived,
  MachineInstallProgress: MachineInstallProgressReceived,
  AddressSource: AddressSourceReceived,
  GuestAddress: GuestAddressReceived,
  RestoreImageRequirements: RestoreImageRequirementsReceived,
  RestoreImageInfo: RestoreImageInfoReceived,
  RestoreImagePreflightWarningKind: RestoreImagePreflightWarningKindReceived,
  RestoreImagePreflightWarning: RestoreImagePreflightWarningReceived,
  RestoreImageDownloadPhase: RestoreImageDownloadPhaseReceived,
  RestoreImageDownloadProgress: RestoreImageDownloadProgressReceived,
  RestoreImageOrigin: RestoreImageOriginReceived,
  RestoreImageCacheEntry: RestoreImageCacheEntryReceived,
  SharingDevice: SharingDeviceReceived,
  WindowClosedReason: WindowClosedReasonReceived,
} as const;

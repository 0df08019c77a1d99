import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { type PropertyValue, propertyList } from "./propertyList.js";
import { ZipWriter } from "./zip.js";

export interface RestoreImageOptions {
  /** The IPSW file to make. */
  path: string;
  /** A Linux kernel and its initial RAM disk, which the stand-in Mac boots. */
  kernel: string;
  initialRamdisk: string;
  /** The kernel's command line. */
  commandLine?: string;
  /** The version and build of macOS that the image claims to be. */
  version?: string;
  build?: string;
  /** The oldest macOS of a host that can run it. */
  minimumHostVersion?: string;
  minimumCPUCount?: number;
  minimumMemoryMiB?: number;
  /** Bytes that the payload has at least; it is filled up with a pattern. */
  payloadSize?: number;
  /** The class of the machines it is for; the virtual Mac's by default. */
  deviceClass?: string;
}

/** The first block of the payload, which describes the rest. */
const BLOCK_SIZE = 4096;
const MARK = "vzkit stand-in system 1\n";
const PAYLOAD = "stand-in-system.img";

/** Makes a restore image for the stand-in Mac: a real zip archive with real property lists. It holds nothing of macOS. */
export async function makeRestoreImage(options: RestoreImageOptions): Promise<void> {
  const archive = await ZipWriter.create(options.path);
  await archive.add("BuildManifest.plist", Buffer.from(propertyList(buildManifest(options))), { deflate: true });
  await archive.add("Restore.plist", Buffer.from(propertyList(restoreList(options))), { deflate: true });
  await archive.add(PAYLOAD, await payload(options));
  await archive.close();
}

function common({ version = "27.0", build = "26A5001z" }: RestoreImageOptions): Record<string, PropertyValue> {
  return { ProductVersion: version, ProductBuildVersion: build, SupportedProductTypes: ["VirtualMac2,1"] };
}

function buildManifest(options: RestoreImageOptions): PropertyValue {
  const { deviceClass = "vma2macosap", minimumHostVersion = "13.0.0" } = options;
  const names = common(options);
  const info = {
    BuildNumber: names.ProductBuildVersion as string,
    DeviceClass: deviceClass,
    RestoreBehavior: "Erase",
    Variant: "Customer Erase Install (IPSW)",
    VirtualMachineMinCPUCount: options.minimumCPUCount ?? 2,
    VirtualMachineMinHostOS: minimumHostVersion,
    VirtualMachineMinMemorySizeMB: options.minimumMemoryMiB ?? 256,
  };
  const identity = {
    "Ap,ProductType": "VirtualMac2,1",
    ApBoardID: "0x20",
    ApChipID: "0xFE00",
    ApSecurityDomain: "0x01",
    Info: info,
    Manifest: { OS: { Info: { Path: PAYLOAD } } },
  };
  return { ...names, ManifestVersion: 0, BuildIdentities: [identity], VzkitStandIn: { Payload: PAYLOAD } };
}

function restoreList(options: RestoreImageOptions): PropertyValue {
  const device = { BDID: 32, BoardConfig: options.deviceClass ?? "vma2macosap", CPID: 65024, Platform: "vma2" };
  return { ...common(options), DeviceMap: [device] };
}

async function payload(options: RestoreImageOptions): Promise<Buffer> {
  const kernel = await readFile(options.kernel);
  const initialRamdisk = await readFile(options.initialRamdisk);
  const { version = "27.0", build = "26A5001z", commandLine = "console=hvc0 quiet" } = options;
  const description = {
    version,
    build,
    commandLine,
    kernel: { offset: BLOCK_SIZE, size: kernel.length, checksum: crc32(kernel) },
    initialRamdisk: {
      offset: BLOCK_SIZE + kernel.length,
      size: initialRamdisk.length,
      checksum: crc32(initialRamdisk),
    },
  };
  const block = Buffer.alloc(BLOCK_SIZE);
  block.write(MARK + JSON.stringify(description));
  const content = Buffer.concat([block, kernel, initialRamdisk]);
  const missing = Math.max((options.payloadSize ?? 0) - content.length, 0);
  return missing === 0 ? content : Buffer.concat([content, Buffer.alloc(missing, "vzkit stand-in ")]);
}

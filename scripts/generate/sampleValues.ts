import type { Field, Model, TypeRef } from "./model.js";
import { type BaseType, innermost, isBaseType } from "./typeRef.js";

type JSONObject = Record<string, unknown>;

const mebibyte = 1024 * 1024;

/** Believable values for names that occur often, so that a new fixture needs little work by hand. */
const byName: Record<string, unknown> = {
  machine: "machine-1",
  name: "example",
  memorySize: 2048 * mebibyte,
  cpuCount: 2,
  size: 64 * mebibyte,
  macAddress: "02:00:00:12:34:56",
  address: "10.0.2.15",
  hostAddress: "127.0.0.1",
  hostPort: 8022,
  guestPort: 22,
  port: 1024,
  sourcePort: 49152,
  tag: "share",
  commandLine: "console=hvc0",
  message: "The disk /tmp/example/disk.img does not exist; give the path of an existing image",
  path: "/tmp/example/file",
  kernelPath: "/tmp/example/vmlinuz",
  initialRamdiskPath: "/tmp/example/initramfs.cpio.gz",
  logPath: "/tmp/example/console.log",
  version: "0.1.0",
  protocolVersions: ["1.0"],
  protocolVersion: "1.0",
  label: "Example",
  blockDeviceIdentifier: "disk-1",
  os: "Linux",
  osVersion: "Debian GNU/Linux 12",
  architecture: "x86_64",
  reason: "The network has no address for it yet",
  domain: "VZErrorDomain",
  description: "Invalid virtual machine configuration.",
  failureReason: "The number of CPUs is out of range.",
  device: 0,
  replaySize: 65536,
  offset: 0,
  endOffset: 5120,
  minimumCPUCount: 1,
  maximumCPUCount: 64,
  minimumMemorySize: 4 * mebibyte,
  maximumMemorySize: 16384 * mebibyte,
  maximumFrameSize: 64 * mebibyte,
  maximumSocketPathLength: 100,
  maximumRequestsInFlight: 4096,
  processorCount: 8,
  shutdownGrace: 10,
  grace: 2.5,
  stopAfter: 30,
  completed: 16 * mebibyte,
  total: 64 * mebibyte,
  protocolHash: "0123456789abcdef",
  acceleratorReason: "/dev/kvm does not exist",
  machineIdentifier: "dnprdC1leGFtcGxlLWlkLTE=",
};

const byType: Record<BaseType, unknown> = {
  bool: true,
  int32: 4711,
  uint32: 3,
  int64: -2,
  uint64: 4096,
  double: 1.5,
  string: "text",
  path: "/tmp/example/file",
  bytes: "dnpraXQ=",
  json: { list: [1, 2.5, null, "text", true] },
};

/** An object with these fields; the optional ones too when `full`. */
export function sampleObject(fields: readonly Field[], full: boolean, model: Model): JSONObject {
  const wanted = fields.filter((field) => full || !field.optional);
  return Object.fromEntries(wanted.map((field) => [field.name, sampleField(field, full, model)]));
}

function sampleField(field: Field, full: boolean, model: Model): unknown {
  const known = byName[field.name];
  if (known !== undefined && fits(known, field.type, model)) return known;
  return sampleRef(field.type, full && !model.recursive.has(innerName(field.type)), model);
}

const innerName = (ref: TypeRef): string => (ref.kind === "name" ? ref.name : "");

function fits(value: unknown, ref: TypeRef, model: Model): boolean {
  const kind = model.types.get(innermost(ref))?.kind;
  if (kind !== undefined && kind !== "alias") return false;
  const sample = sampleRef(ref, false, model);
  return typeof sample === typeof value && Array.isArray(sample) === Array.isArray(value);
}

function sampleRef(ref: TypeRef, full: boolean, model: Model): unknown {
  if (ref.kind === "list") return [sampleRef(ref.of, full, model)];
  if (ref.kind === "map") return { first: sampleRef(ref.of, full, model) };
  return isBaseType(ref.name) ? byType[ref.name] : (sampleType(ref.name, full, model)[0] ?? null);
}

/** One value for every variant or value of a named type. */
export function sampleType(name: string, full: boolean, model: Model): unknown[] {
  const type = model.types.get(name);
  switch (type?.kind) {
    case "struct":
      return [sampleObject(type.fields, full, model)];
    case "union":
      return type.variants.flatMap((variant) =>
        sampleType(variant.type, full, model).map((value) => ({ [type.tag]: variant.name, ...(value as JSONObject) })),
      );
    case "enum":
      return type.values.map((value) => value.name);
    case "alias":
      return [sampleRef(type.type, full, model)];
    default:
      return [];
  }
}

import { type PropertyValue, propertyList } from "./propertyList.js";

export interface CatalogEntry {
  version: string;
  build: string;
  url: string;
}

/** A list of restore images for virtual Macs in the format of Apple's own. */
export function restoreImageCatalog(entries: readonly CatalogEntry[]): string {
  const images: Record<string, PropertyValue> = {};
  for (const { version, build, url } of entries) {
    images[build] = { Restore: { BuildVersion: build, FirmwareURL: url, ProductVersion: version } };
  }
  return propertyList({
    MobileDeviceSoftwareVersionsByVersion: { "1": { MobileDeviceSoftwareVersions: { "VirtualMac2,1": images } } },
  });
}

/** So many mebibytes in bytes: `mib(512)` is 512 MiB. A fraction of a byte is cut off. */
export function mib(count: number): number {
  return Math.floor(count * 1024 ** 2);
}

/** So many gibibytes in bytes: `gib(4)` is 4 GiB. A fraction of a byte is cut off. */
export function gib(count: number): number {
  return Math.floor(count * 1024 ** 3);
}

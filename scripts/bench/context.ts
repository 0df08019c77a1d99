import type { Libvirt } from "./libvirt.js";

/** What every row may use: programs and files that the benchmark has made sure exist. */
export interface Context {
  /** The vzkit-helper program. */
  helperPath: string;
  /** The C echo. */
  echoPath: string;
  /** The host's QEMU. */
  qemuPath: string;
  /** The test guest's kernel (bzImage) and initial RAM disk. */
  kernel: string;
  initrd: string;
  /** The private libvirt, or why there is none. */
  libvirt: Libvirt | undefined;
  libvirtReason: string;
  /** Fewer rounds, for a quick look. */
  quick: boolean;
  report(line: string): void;
}

/** How many rounds to take: all, or a third of them in quick mode. */
export function rounds(context: Context, wanted: number): number {
  return context.quick ? Math.max(2, Math.ceil(wanted / 3)) : wanted;
}

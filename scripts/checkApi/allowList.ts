/** Public symbols that a module without Objective-C and AppKit needs beyond Apple's list, each with its reason. */
export const allowedTypes: Record<string, string> = {
  dispatch_queue_t: "the C name of DispatchQueue, which Dispatch for Linux lacks",
  ether_addr_t: "a C structure of macOS; glibc has it under another name",
};

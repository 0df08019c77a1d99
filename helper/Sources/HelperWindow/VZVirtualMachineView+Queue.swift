#if canImport(AppKit)
  import AppKit
  import Virtualization

  extension VZVirtualMachineView {
    /// Shows the first display of a machine that lives on a queue other than the view's main one.
    ///
    /// macOS 27 has an adaptor for that. Before, the view takes the machine itself: it asks nothing of the machine on the
    /// main thread but its display, and programs with machines on queues of their own have always done it so.
    func show(_ machine: VZVirtualMachine?) {
      // DiskImageKit came with macOS 27: only an SDK that has it has the adaptor.
      #if canImport(DiskImageKit)
        if #available(macOS 27, *) {
          guard let machine else {
            adaptor = nil
            return
          }
          // It looks for the machine's display, which only the machine's queue may.
          return machine.queue.async {
            let adaptor = VZVirtualMachineViewAdaptor(virtualMachine: machine)
            DispatchQueue.main.async { MainActor.assumeIsolated { self.adaptor = adaptor } }
          }
        }
      #endif
      virtualMachine = machine
    }
  }
#endif

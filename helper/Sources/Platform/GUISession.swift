#if os(macOS)
  import CoreGraphics
#endif

/// The session in which windows can be shown.
package enum GUISession {
  #if os(macOS)
    /// Why this process can show no window and see no display; nil when it can. Asked anew each time, since people log
    /// in and out.
    package static var problem: String? {
      guard CGSessionCopyCurrentDictionary() == nil else { return nil }
      return
        "This process does not belong to a GUI session, so it can show no window and see no display. Log in at the "
        + "Mac's screen or by screen sharing and start it from there (not over SSH, nor as a daemon)."
    }
  #else
    package static var problem: String? {
      "There is no GUI on this system: windows need macOS."
    }
  #endif
}

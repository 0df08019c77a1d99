// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

public enum ProtocolVersion {
  /// The newest protocol version that this helper speaks.
  public static let current = "1.0"

  /// Names the exact shape of the protocol; equal on both sides when they were built from the same definition.
  public static let hash = "a4045ae7808def28"
}

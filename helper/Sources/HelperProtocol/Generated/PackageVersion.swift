// generated from protocol/spec by scripts/generate.ts, do not edit
// swift-format-ignore-file

/// The version of vzkit; the npm package has the same one.
public enum PackageVersion {
  public static let current = "0.1.0"
}

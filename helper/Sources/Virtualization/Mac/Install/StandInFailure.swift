import Foundation

/// A failure that the stand-in was asked for: `VZKIT_STANDIN_FAIL`, one of `install:0.4` (fails at that fraction),
/// `stall:0.4` (nothing moves from there on), `corrupt` (a byte of the payload arrives changed), `model` (the image's
/// hardware model is of no use here) and `limit` (two virtual Macs run already).
enum StandInFailure: Equatable {
  case install(at: Double)
  case stall(at: Double)
  case corrupt
  case model
  case limit

  static var wanted: StandInFailure? {
    guard StandInMac.isEnabled, let text = StandInMac.value(of: "VZKIT_STANDIN_FAIL") else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1)
    let fraction = parts.count > 1 ? Double(parts[1]) ?? 0.5 : 0.5
    switch parts.first {
    case "install": return .install(at: fraction)
    case "stall": return .stall(at: fraction)
    case "corrupt": return .corrupt
    case "model": return .model
    case "limit": return .limit
    default: return nil
    }
  }
}

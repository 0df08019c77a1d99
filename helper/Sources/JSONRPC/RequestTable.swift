/// The requests in flight. A plain value; the connection's lock guards it.
///
/// It does not keep the requests alive: one that everybody has dropped must be noticed.
struct RequestTable {
  private struct Entry {
    weak var request: PendingRequest?
  }

  private var entries: [UInt64: Entry] = [:]
  /// The latest request of each id, by the id's key.
  private var latest: [String: UInt64] = [:]
  /// The parameters' bytes of all of them.
  private(set) var bytes = 0

  var count: Int { entries.count }

  mutating func insert(_ request: PendingRequest) {
    entries[request.serial] = Entry(request: request)
    if request.idText != "null" { latest[RequestID.key(request.idText)] = request.serial }
    bytes += request.weight
  }

  mutating func remove(_ request: PendingRequest) {
    guard entries.removeValue(forKey: request.serial) != nil else { return }
    let key = RequestID.key(request.idText)
    if latest[key] == request.serial { latest[key] = nil }
    bytes -= request.weight
  }

  /// The result must be released without the lock held: it may be the last reference.
  func find(id: String) -> PendingRequest? { latest[RequestID.key(id)].flatMap { entries[$0]?.request } }

  /// The results must be released without the lock held: they may be the last references.
  func all() -> [PendingRequest] { entries.values.compactMap(\.request) }
}

/// A queue on an array: removing from the front moves an index, and the array is trimmed now and then.
struct FIFO<Element> {
  private var storage: [Element?] = []
  private var head = 0

  var count: Int { storage.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Element? { isEmpty ? nil : storage[head] }

  /// The element `index` places behind the first one.
  subscript(index: Int) -> Element? { storage[head + index] }

  mutating func append(_ element: Element) {
    storage.append(element)
  }

  mutating func popFirst() -> Element? {
    guard head < storage.count else { return nil }
    let element = storage[head]
    storage[head] = nil
    head += 1
    if head == storage.count {
      storage.removeAll(keepingCapacity: storage.count <= 1024)
      head = 0
    } else if head >= 64, head * 2 >= storage.count {
      storage.removeFirst(head)
      head = 0
    }
    return element
  }

  mutating func removeAll(where isUnwanted: (Element) -> Bool) {
    storage = storage[head...].filter { $0.map { !isUnwanted($0) } ?? false }
    head = 0
  }

  mutating func removeAll() {
    storage.removeAll()
    head = 0
  }
}

import HelperProtocol
import Platform

/// Whether what is there of a file belongs to the file that the server has.
extension Download {
  /// Whether the server now has a restore image that is not the one of which a part is there.
  func hasAnotherVersion(than state: DownloadBoard.State) -> Bool {
    guard let scratch = try? UnfinishedFile(for: options.target) else { return true }
    guard let answer = question.askForArchive(scratch.descriptor) else { return false }
    return !state.validator.agrees(with: answer.validator) || answer.total != state.total
  }

  func initialState(_ file: PartialFile) throws -> DownloadBoard.State {
    if let (journal, completed) = file.load(), completed.count > 0 {
      restartReason = journal.url == options.url.text ? nil : difference(from: journal)
      if restartReason == nil { return DownloadBoard.State(journal, completed) }
    } else if file.size > 0 {
      restartReason =
        "An earlier call has left a part without a note of its version: it was broken off at once, or the server tells "
        + "neither a tag nor a date."
    }
    try file.reset()
    return DownloadBoard.State()
  }

  /// Why the part that came from another URL is not one of the file at this URL; nil when it is, or nobody can tell yet.
  private func difference(from journal: PartialFile.Journal) -> String? {
    guard let answer = question.ask(), [200, 206].contains(answer.status), answer.pageType == nil else { return nil }
    guard let tag = journal.validator.strongTag, let other = answer.validator.strongTag else {
      return "The part that is there came from another URL, and the server has no ETag by which to tell that it is the "
        + "same file."
    }
    guard tag == other, answer.total == journal.total else {
      return "The part that is there came from another URL, at which there was another file."
    }
    return nil
  }
}

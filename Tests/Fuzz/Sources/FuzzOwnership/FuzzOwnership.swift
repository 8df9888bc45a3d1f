import L2TPConfig

/// Feeds bytes to the reader of the record of what is owned and checks what must hold for all of them.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    let ownership: Ownership
    do {
        ownership = try Ownership(record: text)
    } catch {
        let lineCount = text.utf8.lazy.filter { $0 == UInt8(ascii: "\n") }.count + 1
        precondition((1...lineCount).contains(error.line), "a line outside of the text: \(error)")
        precondition(!error.description.contains("\n"), "more than a line")
        return 0
    }

    let written = ownership.recorded()
    guard let again = try? Ownership(record: written) else { preconditionFailure("what was written cannot be read") }
    precondition(again == ownership, "the meaning has changed")
    precondition(again.recorded() == written, "the text has changed")
    // Only the order of objects and the choice between ways to escape are free.
    precondition(written.utf8.count <= text.utf8.count, "the text has grown")
    // The end is the last line, so that no shorter text is a record.
    precondition((try? Ownership(record: text.dropLast())) == nil, "a text that was cut off is a record")
    return 0
}

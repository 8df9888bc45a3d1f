/// Calls `body` until it returns true, for half a minute at most; whether it did. For what the kernel does piece by
/// piece, in its own time.
func inTheEnd(_ body: () throws -> Bool) throws -> Bool {
    for _ in 1...6 where try eventually(body) { return true }
    return false
}

/// Calls `body` until it returns true, for half a minute at most; whether it did. For what the kernel does piece by
/// piece, in its own time, and on a machine that may stand still for seconds: it has at least twenty looks.
func eventually(_ body: () throws -> Bool) throws -> Bool {
    let start = ContinuousClock.now
    var looks = 0
    while looks < 20 || ContinuousClock.now - start < .seconds(30) {
        if try body() { return true }
        looks += 1
        SystemCalls.sleep(milliseconds: 10)
    }
    return false
}

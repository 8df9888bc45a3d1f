/// Calls `body` until it returns true, for half a minute and twenty looks at most; whether it did. For what the kernel
/// does piece by piece, in its own time, on a machine that may stand still for longer.
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

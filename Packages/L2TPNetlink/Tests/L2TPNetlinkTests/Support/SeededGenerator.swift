import Glibc

/// A random number generator that prints its seed; `L2TP_TEST_SEED` sets it (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(for purpose: String) {
        let text = unsafe getenv("L2TP_TEST_SEED").map { unsafe String(cString: $0) }
        let seed = text.flatMap { $0.hasPrefix("0x") ? UInt64($0.dropFirst(2), radix: 16) : UInt64($0) }
        precondition(text == nil || seed != nil, "L2TP_TEST_SEED is no number")
        state = seed ?? UInt64.random(in: .min ... .max)
        print("L2TP_TEST_SEED=0x\(String(state, radix: 16)) (\(purpose))")
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}

import Glibc

/// A random number generator that repeats itself when given the same seed (SplitMix64).
///
/// Every generator prints its seed to the standard output, so that a test that failed can be run again
/// with the same numbers: set the environment variable `L2TP_TEST_SEED` to the printed number.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// The environment variable that overrides the seed: a decimal number, or hexadecimal after `0x`.
    public static let environmentVariable = "L2TP_TEST_SEED"

    /// Where the sequence began.
    public let seed: UInt64
    private var state: UInt64

    /// A generator whose seed comes from the environment or else from the system's randomness.
    ///
    /// - Parameter purpose: What the numbers are for; printed with the seed.
    public init(for purpose: String) {
        let seed = Self.seedFromEnvironment() ?? UInt64.random(in: .min ... .max)
        self.init(seed: seed)
        print("\(Self.environmentVariable)=0x\(String(seed, radix: 16)) (\(purpose))")
    }

    /// A generator with a known seed, which it does not print.
    ///
    /// - Parameter seed: Where the sequence begins.
    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// The next number of the sequence.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Random bytes.
    ///
    /// - Parameter count: How many.
    /// - Returns: The bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for _ in 0..<count { bytes.append(UInt8(truncatingIfNeeded: next())) }
        return bytes
    }

    /// The seed that a text names: a decimal number, or hexadecimal after `0x`; nil for anything else.
    ///
    /// - Parameter text: The value of the environment variable.
    /// - Returns: The seed.
    static func seed(from text: String) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }

    /// A seed that cannot be read must not pass for a fresh one: the tester would look at other numbers.
    private static func seedFromEnvironment() -> UInt64? {
        guard let value = unsafe getenv(environmentVariable) else { return nil }
        let text = unsafe String(cString: value)
        guard let seed = seed(from: text) else { preconditionFailure("\(environmentVariable)=\(text) is no number") }
        return seed
    }
}

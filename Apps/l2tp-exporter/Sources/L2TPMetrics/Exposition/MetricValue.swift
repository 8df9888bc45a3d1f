/// The value of a sample.
public enum MetricValue: Hashable, Sendable {
    /// A whole number, written with all its digits.
    case integer(UInt64)
    /// A floating-point number, written with as many digits as tell it from its neighbours.
    case number(Double)
}

internal import Glibc

/// The present time as a clock on the wall shows it, in the host's time zone.
public struct LocalTime: Hashable, Sendable {
    /// The date as in `2026-03-29`.
    public let date: String
    /// The time of day with milliseconds as in `12:01:07.113`.
    public let time: String
    /// How far the zone is from UTC as in `+02:00`.
    public let offset: String

    /// The time now. The corresponding C functions are `clock_gettime` and `localtime_r`.
    public static var now: Self { after(seconds: 0) }

    /// The time in so many seconds.
    public static func after(seconds later: Int) -> Self {
        var seconds = timespec()
        var fields = unsafe tm()
        unsafe clock_gettime(CLOCK_REALTIME, &seconds)
        seconds.tv_sec += later
        unsafe localtime_r(&seconds.tv_sec, &fields)
        return unsafe Self(
            year: Int(fields.tm_year) + 1900, month: Int(fields.tm_mon) + 1, day: Int(fields.tm_mday),
            hour: Int(fields.tm_hour), minute: Int(fields.tm_min), second: Int(fields.tm_sec),
            millisecond: seconds.tv_nsec / 1_000_000, offsetMinutes: fields.tm_gmtoff / 60)
    }

    /// A time from its parts; the offset counts minutes east of Greenwich.
    public init(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int, offsetMinutes: Int
    ) {
        func digits(_ number: Int, _ count: Int = 2) -> String {
            let text = String(number.magnitude)
            return String(repeating: "0", count: max(count - text.count, 0)) + text
        }
        date = "\(digits(year, 4))-\(digits(month))-\(digits(day))"
        time = "\(digits(hour)):\(digits(minute)):\(digits(second)).\(digits(millisecond, 3))"
        let sign = offsetMinutes < 0 ? "-" : "+"
        let minutes = Int(offsetMinutes.magnitude)
        offset = "\(sign)\(digits(minutes / 60)):\(digits(minutes % 60))"
    }

    /// Date and time as in RFC 3339.
    public var timestamp: String { "\(date)T\(time)\(offset)" }
}

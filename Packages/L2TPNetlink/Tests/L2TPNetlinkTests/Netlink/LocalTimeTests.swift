import Netlink
import Testing

@Suite("The time of day")
struct LocalTimeTests {
    @Test("has its zone, whole milliseconds, and leading zeros")
    func text() {
        let time = LocalTime(
            year: 2026, month: 3, day: 9, hour: 2, minute: 1, second: 7, millisecond: 13, offsetMinutes: 330)
        #expect(time.time == "02:01:07.013")
        #expect(time.timestamp == "2026-03-09T02:01:07.013+05:30")
        let west = LocalTime(
            year: 987, month: 12, day: 31, hour: 23, minute: 59, second: 60, millisecond: 999, offsetMinutes: -210)
        #expect(west.timestamp == "0987-12-31T23:59:60.999-03:30")
    }

    @Test("does not stand still")
    func now() {
        #expect(LocalTime.now.timestamp.utf8.count == 29)
    }
}

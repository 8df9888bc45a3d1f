import L2TPNetlink
import Netlink

/// A form in which events are printed, each on one line.
protocol EventFormat {
    /// An event with its line's end.
    func line(of event: L2TPEvent, at time: LocalTime) -> String
}

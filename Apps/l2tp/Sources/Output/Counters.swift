import L2TPModel
import L2TPWire

/// The counters of a tunnel or session as lines of text: two tables, whose columns are right-aligned, and a
/// sentence for what the peer or the network does wrong.
enum Counters {
    private typealias Column = (title: String, value: UInt64)

    static func lines(of tunnel: Tunnel) -> [String] {
        let counters = tunnel.statistics
        var lines = tables(counters, received: columns(("invalid", counters.receiveInvalidPackets)))
        if let count = counters.receiveInvalidPackets, count > 0 {
            let what = count == 1 ? "packet was" : "packets were"
            lines.append("  \(count) \(what) malformed or of another version than \(tunnel.protocolVersion)")
        }
        return lines
    }

    static func lines(of session: Session) -> [String] {
        let counters = session.statistics
        var lines = tables(
            counters,
            received: columns(
                ("cookie-discards", counters.receiveCookieDiscards), ("seq-discards", counters.receiveSequenceDiscards),
                ("out-of-seq", counters.receiveOutOfSequencePackets)))
        if let count = counters.receiveCookieDiscards, count > 0, let cookie = session.peerCookie {
            lines.append(
                "  \(packets(count)) carried another cookie than \(cookie.hexadecimal): "
                    + "the peer's cookie must equal our peer_cookie")
        }
        if counters.receiveSequenceDiscards > 0 {
            let lacking = session.requiresSequenceNumbers ? ", or no number at all: we require one (seq recv)" : ""
            lines.append("  \(packets(counters.receiveSequenceDiscards)) carried a number out of sequence\(lacking)")
        }
        return lines
    }

    private static func packets(_ count: UInt64) -> String { count == 1 ? "1 packet" : "\(count) packets" }

    /// The columns that the kernel counts.
    private static func columns(_ columns: (title: String, value: UInt64?)...) -> [Column] {
        columns.compactMap { title, value in value.map { (title, $0) } }
    }

    private static func tables(_ counters: Statistics, received: [Column]) -> [String] {
        let receive: [Column] = [
            ("bytes", counters.receiveBytes), ("packets", counters.receivePackets), ("errors", counters.receiveErrors),
        ]
        let transmit: [Column] = [
            ("bytes", counters.transmitBytes), ("packets", counters.transmitPackets),
            ("errors", counters.transmitErrors),
        ]
        // What both tables have stands one below the other.
        let widths = zip(receive, transmit).map { max(width($0), width($1)) } + received.map(width)
        return table("RX:", receive + received, widths) + table("TX:", transmit, widths)
    }

    private static func width(_ column: Column) -> Int {
        max(column.title.utf8.count, String(column.value).utf8.count)
    }

    private static func table(_ label: String, _ columns: [Column], _ widths: [Int]) -> [String] {
        var titles = "  \(label)"
        var values = "     "
        for (column, width) in zip(columns, widths) {
            titles += aligned(column.title, width)
            values += aligned(String(column.value), width)
        }
        return [titles, values]
    }

    private static func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: 1 + width - text.utf8.count) + text
    }
}

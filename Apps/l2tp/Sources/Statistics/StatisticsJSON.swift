import CommandLineSupport
import L2TPModel
import L2TPWire

extension StatisticsReport {
    /// One object in one line, with the line's end. The manual documents every key.
    func json(sortedBy column: StatisticsColumn) -> String {
        var json = JSONWriter(pretty: false)
        json.object { json in
            json.member("elapsed", seconds: elapsed)
            json.member("interval", seconds: interval)
            json.members("sessions", column.sorted(rows)) { write($0, to: &$1) }
            json.members("tunnels", invalid) { entry, json in
                json.member("tunnel_id", entry.tunnel.rawValue)
                json.member("rx_invalid", entry.packets)
            }
        }
        return json.text + "\n"
    }

    private func write(_ row: StatisticsRow, to json: inout JSONWriter) {
        json.member("tunnel_id", row.session.tunnelID.rawValue)
        json.member("session_id", row.session.id.rawValue)
        if let name = row.session.interfaceName { json.member("interface", name) }
        if let note = row.note { json.member("note", note.rawValue) }
        guard let rates = row.rates else { return }
        json.member("rx_pps", rounded: rates.receivedPackets)
        json.member("rx_bits", rounded: rates.receivedBits)
        json.member("tx_pps", rounded: rates.sentPackets)
        json.member("tx_bits", rounded: rates.sentBits)
        json.member("rx_errors", rates.receiveErrors)
        json.member("tx_errors", rates.transmitErrors)
        json.member("rx_cookie_discards", rates.cookieDiscards)
        json.member("rx_seq_discards", rates.sequenceDiscards)
        json.member("rx_oos_packets", rates.outOfSequence)
    }
}

extension JSONWriter {
    /// A number with one decimal.
    mutating func member(_ key: JSONKey, rounded value: Double) {
        let tenths = UInt64(exactly: (value * 10).rounded()) ?? 0
        member(key, literal: "\(tenths / 10).\(tenths % 10)")
    }

    /// A duration in seconds with three decimals.
    mutating func member(_ key: JSONKey, seconds duration: Duration) {
        let milliseconds = UInt64(exactly: (duration / .milliseconds(1)).rounded()) ?? 0
        let fraction = String(milliseconds % 1000)
        let zeros = String(repeating: "0", count: 3 - fraction.utf8.count)
        member(key, literal: "\(milliseconds / 1000).\(zeros)\(fraction)")
    }
}

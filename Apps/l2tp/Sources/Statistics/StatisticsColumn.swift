import L2TPModel
import L2TPWire

/// A column of the table; the raw value is the word of `--sort`.
enum StatisticsColumn: String, Hashable, CaseIterable {
    case tunnel
    case session
    case interface
    case receivedPackets = "rx_pps"
    case receivedBits = "rx_bits"
    case sentPackets = "tx_pps"
    case sentBits = "tx_bits"
    case errors
    case cookie
    case sequence = "seq"
    case outOfSequence = "oos"

    var title: String {
        switch self {
        case .tunnel: "TUNNEL"
        case .session: "SESSION"
        case .interface: "INTERFACE"
        case .receivedPackets: "RX pps"
        case .receivedBits: "RX bit/s"
        case .sentPackets: "TX pps"
        case .sentBits: "TX bit/s"
        case .errors: "ERR"
        case .cookie: "COOKIE"
        case .sequence: "SEQ"
        case .outOfSequence: "OOS"
        }
    }

    /// How wide the column is at least, so that the table seldom changes its form.
    var width: Int {
        switch self {
        case .receivedPackets, .receivedBits, .sentPackets, .sentBits: 9
        case .errors, .sequence, .outOfSequence: 4
        case .tunnel, .session, .interface, .cookie: title.utf8.count
        }
    }

    /// Words stand on the left of their column, numbers on the right.
    var isText: Bool { self == .interface }

    func text(of row: StatisticsRow) -> String {
        switch self {
        case .tunnel: return "\(row.session.tunnelID)"
        case .session: return "\(row.session.id)"
        case .interface: return row.session.interfaceName ?? "-"
        default: return number(in: row).map { isRate ? Quantity.text($0) : "\(UInt64($0))" } ?? "-"
        }
    }

    private var isRate: Bool {
        [.receivedPackets, .receivedBits, .sentPackets, .sentBits].contains(self)
    }

    private func number(in row: StatisticsRow) -> Double? {
        guard let rates = row.rates else { return nil }
        switch self {
        case .tunnel, .session, .interface: return nil
        case .receivedPackets: return rates.receivedPackets
        case .receivedBits: return rates.receivedBits
        case .sentPackets: return rates.sentPackets
        case .sentBits: return rates.sentBits
        case .errors: return Double(rates.errors)
        case .cookie: return Double(rates.cookieDiscards)
        case .sequence: return Double(rates.sequenceDiscards)
        case .outOfSequence: return Double(rates.outOfSequence)
        }
    }

    /// Rows in this column's order: ids and names ascending, what is counted descending. What is alike stays in the
    /// order of the ids; what has no number comes last.
    func sorted(_ rows: [StatisticsRow]) -> [StatisticsRow] {
        let sorted = rows.enumerated().sorted { left, right in
            switch self {
            case .tunnel: break
            case .session:
                let (one, other) = (left.element.session.id, right.element.session.id)
                if one != other { return one < other }
            case .interface:
                let (one, other) = (text(of: left.element), text(of: right.element))
                if one != other { return one < other }
            default:
                let (one, other) = (number(in: left.element) ?? -1, number(in: right.element) ?? -1)
                if one != other { return one > other }
            }
            return left.offset < right.offset
        }
        return sorted.map(\.element)
    }
}

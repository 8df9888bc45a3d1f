import L2TPDecode
import PacketCapture

/// One line for each message.
struct LineFormat: MessageFormat {
    var messageText: MessageText

    func message(_ record: MessageRecord, _ ends: PacketEnds, _ place: PacketPlace) -> String {
        "\(place.number) \(place.seconds) \(ends.text) \(messageText.text(of: record))\n"
    }

    func malformed(_ error: LayerError, _ place: PacketPlace) -> String {
        let text =
            switch error.code {
            case .cut: "cut by the capture \(error.place)"
            case .unsupportedLinkType: "! \(error)"
            default: "! malformed: \(error)"
            }
        return "\(place.number) \(place.seconds) \(text)\n"
    }

    func abandoned(_ datagram: AbandonedDatagram, _ place: PacketPlace) -> String {
        "\(place.number) - ! malformed: \(datagram)\n"
    }

    func encrypted(_ flow: EncryptedFlow, _ place: PacketPlace) -> String {
        "\(place.number) \(place.seconds) \(flow.source) > \(flow.destination) ESP\(flow.isInUDP ? " in UDP" : "") "
            + "| encrypted, so L2TP in it cannot be seen; later packets are counted in --summary\n"
    }
}

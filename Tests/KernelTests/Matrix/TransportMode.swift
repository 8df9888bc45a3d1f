import L2TPWire
import Testing

/// IPsec between the two hosts of routed sites: ESP in transport mode (RFC 4303) with AES-GCM (RFC 4106), for
/// all that their addresses on the cables exchange, as the kernel's own test of L2TP sets it up.
struct TransportMode {
    let sites: RoutedSites

    /// Whether there is a policy.
    var isOn: Bool {
        get throws {
            try !Shell.require(["ip", "xfrm", "policy"], in: sites.ends.left).output.trimmed.isEmpty
        }
    }

    /// Sets both hosts up.
    func begin() throws {
        for side in Side.allCases {
            let lines = IPVersion.allCases.flatMap { version in
                ["out", "in"].flatMap { direction in
                    let sender = direction == "out" ? side : side.other
                    let pair =
                        "src \(RoutedSites.address(sender, version)) dst \(RoutedSites.address(sender.other, version))"
                    let index = sender == .left ? "0x1000" : "0x1001"
                    return [
                        "xfrm policy add \(pair) dir \(direction) tmpl \(pair) proto esp mode transport",
                        "xfrm state add \(pair) spi \(index) proto esp aead rfc4106(gcm(aes)) \(Self.key) 128"
                            + " mode transport",
                    ]
                }
            }
            try Shell.ip(lines, in: sites.ends[side])
        }
    }

    /// Takes everything back at both hosts.
    func end() throws {
        for side in Side.allCases { try Shell.ip(["xfrm policy flush", "xfrm state flush"], in: sites.ends[side]) }
    }

    /// A key of 16 bytes with the salt's 4 bytes after it.
    private static let key = "0x" + String(repeating: "0123456789", count: 4)
}

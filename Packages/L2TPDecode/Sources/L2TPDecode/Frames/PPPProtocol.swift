/// What a PPP frame carries (IANA "PPP DLL Protocol Numbers").
enum PPPProtocol {
    /// What is usual, by name; nil for the rest.
    static func name(of number: UInt16) -> String? {
        switch number {
        case 0x0021: "IPv4"
        case 0x0057: "IPv6"
        case 0x002D: "VJ compressed TCP"
        case 0x002F: "VJ uncompressed TCP"
        case 0x003D: "multilink"
        case 0x00FD: "compressed"
        case 0x0281: "MPLS"
        case 0x8021: "IPCP"
        case 0x8053: "ECP"
        case 0x8057: "IPv6CP"
        case 0x80FD: "CCP"
        case 0x8281: "MPLSCP"
        case 0xC021: "LCP"
        case 0xC023: "PAP"
        case 0xC025: "LQR"
        case 0xC223: "CHAP"
        case 0xC227: "EAP"
        default: nil
        }
    }
}

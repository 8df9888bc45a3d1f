/// The name by which the program was called.
enum Personality: String, Hashable {
    /// The program itself.
    case l2tp
    /// The tool that configured static tunnels before ip-l2tp(8): it knows fewer words, which mean the same.
    case l2tpv3tun

    /// The personality for a path by which the program was called.
    init(calledAs path: String) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        self = Personality(rawValue: name) ?? .l2tp
    }
}

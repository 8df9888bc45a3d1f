/// The two kinds of objects.
enum ObjectKind: String, Hashable {
    case tunnel
    case session
}

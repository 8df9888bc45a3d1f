/// Why somebody may not look.
enum AccessRefusal: Hashable, Sendable, CustomStringConvertible {
    /// There is neither name nor password; a browser always begins so.
    case noPassword
    /// The password is not that of a user of this name; nil if there is no such user. What was given as a name then is not
    /// repeated, for it may be a password.
    case wrongPassword(user: String?)
    /// So many passwords are waiting to be checked that there is no telling in time.
    case overloaded

    /// What is wrong, in one line.
    var description: String {
        switch self {
        case .noPassword: "a client gives no name and password"
        case .wrongPassword(let user?): "a client gives a wrong password of user \"\(user)\""
        case .wrongPassword(nil): "a client gives the name of no user"
        case .overloaded: "too many passwords wait to be checked: somebody tries them out, or bcrypt's cost is too high"
        }
    }

    /// What kind of client it is for the log.
    var kind: ClientLog.Kind {
        switch self {
        case .noPassword: .noPassword
        case .wrongPassword: .wrongPassword
        case .overloaded: .overloaded
        }
    }
}

import L2TPExporterWeb
import SystemPackage

extension WebServerError {
    /// What the program ends with.
    var status: Status {
        switch self {
        case .listen(_, let errno) where errno == .permissionDenied || errno == .notPermitted: .notPermitted
        case .listen, .unknownHost, .occupied, .file: .refused
        case .inherited, .nowhere: .usage
        case .configuration: .invalid
        }
    }
}

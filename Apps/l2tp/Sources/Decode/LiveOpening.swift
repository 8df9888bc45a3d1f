import LiveCapture
import Netlink
import SystemPackage

/// Opens a capture of an interface in a network namespace.
struct LiveOpening {
    /// Carries out of the namespace what cannot be copied.
    private final class Holder {
        var outcome: Result<InterfaceCapture, LiveCaptureError>?
    }

    private let namespace: NetworkNamespace

    init(_ namespace: NetworkNamespace) {
        self.namespace = namespace
    }

    /// Opens it; the socket stays in the namespace, the calling thread where it is.
    func open(
        _ capture: @escaping () throws(LiveCaptureError) -> InterfaceCapture
    ) throws(Failure) -> InterfaceCapture {
        let holder = Holder()
        do throws(NetlinkError) {
            try PinnedNamespace(namespace).run { () throws(NetlinkError) in
                do throws(LiveCaptureError) {
                    holder.outcome = .success(try capture())
                } catch {
                    holder.outcome = .failure(error)
                }
            }
        } catch {
            throw Failure(entering: error)
        }
        switch holder.outcome.take() {
        case .success(let capture)?: return capture
        case .failure(let error)?: throw Failure("decode: --live: \(error)", .failure)
        // The namespace's thread has run, so there is one of them.
        case nil: throw Failure("decode: --live: nothing was opened", .failure)
        }
    }
}

extension Failure {
    /// Why a network namespace cannot be entered, in the words and with the status of the commands that ask the kernel.
    fileprivate init(entering error: NetlinkError) {
        let (explanation, remedy): (String, String?) =
            switch error.errno {
            case .notPermitted, .permissionDenied: ("not permitted", "it needs CAP_SYS_ADMIN: run as root")
            case .noSuchFileOrDirectory: ("there is none", Self.remedyForMissing)
            case .invalidArgument: ("not a network namespace", nil)
            default: (error.errno.description, nil)
            }
        let subject = "cannot enter network namespace \(error.message ?? "")"
        self = Self("\(subject): \(explanation) (\(error.errno.symbol))", .usage).with(remedy: remedy)
    }

    private static var remedyForMissing: String {
        let names = NetworkNamespace.names
        let known = names.isEmpty ? "no namespace has a name" : "there is \(names.joined(separator: ", "))"
        return "\(known); ip netns add NAME makes one"
    }
}

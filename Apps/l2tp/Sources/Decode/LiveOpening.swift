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
            // The status of the commands that ask the kernel.
            let (explanation, remedy) = error.namespaceExplanation
            throw Failure("\(explanation) (\(error.errno.symbol))", .usage).with(remedy: remedy)
        }
        switch holder.outcome.take() {
        case .success(let capture)?: return capture
        case .failure(let error)?: throw Failure("decode: --live: \(error)", .failure)
        // The namespace's thread has run, so there is one of them.
        case nil: throw Failure("decode: --live: nothing was opened", .failure)
        }
    }
}

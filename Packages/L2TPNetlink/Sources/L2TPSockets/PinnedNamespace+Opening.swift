internal import Netlink
internal import SystemPackage

extension PinnedNamespace {
    /// Runs system calls inside the namespace; `failure` says what their error number means.
    func call<Value>(
        _ object: String, _ failure: @escaping (Errno) -> SocketError, _ body: @escaping () throws(Errno) -> Value
    ) throws(SocketError) -> Value {
        let outcome: Result<Value, Errno>
        do {
            outcome = try run { () throws(NetlinkError) in
                do throws(Errno) {
                    return .success(try body())
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw SocketError(object, error)
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let errno): throw failure(errno)
        }
    }
}

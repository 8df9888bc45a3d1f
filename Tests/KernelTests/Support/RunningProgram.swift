import Glibc
import SystemPackage

/// A program that runs while a test does something else. Its output is dropped.
final class RunningProgram {
    private let process: pid_t
    private var isRunning = true

    init(_ arguments: [String], in namespace: TestNamespace) throws {
        let nowhere = try FileDescriptor.open(FilePath("/dev/null"), .readWrite, options: .closeOnExec)
        process = try nowhere.closeAfter {
            try SystemCalls.inNamespace(namespace.path) {
                try SystemCalls.spawn(arguments, input: nowhere, output: nowhere, errors: nowhere)
            }
        }
    }

    deinit {
        try? stop()
    }

    /// Ends it and waits for its end.
    func stop() throws {
        guard isRunning else { return }
        isRunning = false
        kill(process, SIGTERM)
        _ = try SystemCalls.wait(for: process)
    }
}

import CommandLineSupport
import L2TPConfig
import L2TPConfigTOML
import Synchronization

/// The files that a command line names: read, but not parsed until somebody wants that.
struct ConfigurationTexts {
    /// The files.
    let files: [ConfigurationFile]
    /// Whether one of them is standard input.
    let hasStandardInput: Bool
    /// Reads files that these name.
    let secrets: any SecretReader

    /// What tells these texts from all others.
    var digest: ConfigurationDigest { ConfigurationDigest(of: files, version: Version.text) }

    /// What the files say.
    ///
    /// - Returns: The reading, and whether it has to be made anew each time: because there is something to tell, because
    ///   other files have part in it, or because nobody has these texts a second time.
    func read() -> (reading: ConfigurationReading, isMadeAnew: Bool) {
        let counting = CountingSecrets(secrets)
        let reading = ConfigurationLoader().load(files, secrets: counting)
        return (reading, hasStandardInput || !reading.diagnostics.isEmpty || counting.count > 0)
    }

    /// Where parts of what the files say are written. They are parsed when the first is asked for.
    var places: Places {
        let reading = LazyReading(self)
        return Places { reading.value.locate($0) }
    }
}

/// Counts the files that a reader reads.
private final class CountingSecrets: SecretReader {
    private let secrets: any SecretReader
    private let reads = Mutex(0)

    init(_ secrets: any SecretReader) {
        self.secrets = secrets
    }

    var count: Int { reads.withLock { $0 } }

    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        reads.withLock { $0 += 1 }
        return try secrets.read(path)
    }
}

/// A reading that is made when it is asked for.
private final class LazyReading {
    private let texts: ConfigurationTexts
    private(set) lazy var value = texts.read().reading

    init(_ texts: ConfigurationTexts) {
        self.texts = texts
    }
}

import L2TPConfig
import L2TPConfigTOML

/// A program that keeps no secrets in files of their own, and says so where a configuration names one.
struct NoSecrets: SecretReader {
    func read(_ path: String) throws(SecretError) -> (text: String, isReadableByOthers: Bool) {
        throw SecretError("this program reads no other files")
    }
}

/// The configuration that a text holds, or nil after printing what is wrong with it.
func configuration(_ text: String, named name: String) -> Configuration? {
    let file = ConfigurationFile(name: name, text: text)
    let reading = ConfigurationLoader().load([file], secrets: NoSecrets())
    for diagnostic in reading.diagnostics { print(diagnostic) }
    return reading.isValid ? reading.configuration : nil
}

import L2TPWire
import L2TPWireCrypto

/// Feeds bytes to everything that reveals, hides, verifies and authenticates, and checks what must hold for all of them.
///
/// The first byte of the input chooses encapsulation, version and algorithm, the second is the length of the secret and
/// the nonces, the third that of a random vector and padding. Then come these, and the rest is a datagram, and once more
/// a value.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count >= 3 else { return 0 }
    let input = unsafe UnsafeBufferPointer(start: start, count: count).span
    let choice = input[0]
    let secretByteCount = min(Int(input[1] & 0x3F), count - 3)
    let vectorByteCount = min(Int(input[2] & 0x3F), count - 3 - secretByteCount)
    let secretBytes = [UInt8](parsing: input.extracting(3..<3 + secretByteCount))
    let vector = [UInt8](parsing: input.extracting(3 + secretByteCount..<3 + secretByteCount + vectorByteCount))
    let rest = input.extracting(droppingFirst: 3 + secretByteCount + vectorByteCount)

    let encapsulation: Encapsulation = choice & 1 == 0 ? .udp : .ip
    let secret = SharedSecret(secretBytes)
    let key = HidingKey(secret, version: choice & 2 == 0 ? .v2 : .v3)
    let nonces = AuthenticationNonces(sender: secretBytes, receiver: vector)
    revealAll(rest, over: encapsulation, with: key)
    verify(rest, over: encapsulation, with: MessageDigestKey(secret), nonces)
    hideAndReveal(rest, with: key, RandomVector(vector), padding: secretBytes)
    authenticate(
        rest, over: encapsulation, with: MessageDigestKey(secret), nonces, choice & 4 == 0 ? .hmacMD5 : .hmacSHA1)
    let response = secret.response(to: vector, in: .startControlConnectionReply)
    precondition(secret.accepts(response: response, to: vector, in: .startControlConnectionReply))
    return 0
}

/// A value is revealed to fewer bytes than were hidden, or it is said why it is not.
private func revealAll(_ datagram: Span<UInt8>, over encapsulation: Encapsulation, with key: HidingKey) {
    guard let message = try? ControlMessage(parsingPrefix: datagram, encapsulation: encapsulation) else { return }
    var revealer = AVPRevealer(key)
    var iterator = message.avps.makeIterator()
    while let avp = iterator.next() {
        do {
            let value = try revealer.value(of: avp)
            precondition(value.count <= avp.value.count - (avp.isHidden ? 2 : 0), "a longer value")
        } catch {
            precondition(avp.isHidden && (0...datagram.count).contains(error.offset), "\(error)")
        }
    }
    _ = try? message.avps.value(of: .assignedTunnelID, revealedWith: key)
}

/// A message either has a place for a digest, and is authentic with the right one, or stays as it was.
private func verify(
    _ datagram: Span<UInt8>, over encapsulation: Encapsulation, with key: MessageDigestKey,
    _ nonces: AuthenticationNonces
) {
    if let message = try? ControlMessage(parsingPrefix: datagram, encapsulation: encapsulation) {
        _ = try? key.verify(message, nonces: nonces)
    }
    let before = [UInt8](parsing: datagram)
    var after = before
    do {
        try key.fillIn(&after, encapsulation: encapsulation, nonces: nonces)
    } catch {
        precondition(before == after && !error.description.isEmpty, "changed in spite of an error: \(error)")
        return
    }
    precondition(after.count == before.count)
    checkAuthentic(after, over: encapsulation, with: key, nonces)
}

private func checkAuthentic(
    _ message: [UInt8], over encapsulation: Encapsulation, with key: MessageDigestKey, _ nonces: AuthenticationNonces
) {
    do {
        let parsed = try ControlMessage(parsing: message.span, encapsulation: encapsulation)
        try key.verify(parsed, nonces: nonces)
    } catch {
        preconditionFailure("not authentic: \(error)")
    }
}

/// What is hidden is revealed as it was.
private func hideAndReveal(
    _ bytes: Span<UInt8>, with key: HidingKey, _ vector: RandomVector, padding: [UInt8]
) {
    let value = [UInt8](
        parsing: bytes.extracting(first: min(bytes.count, AVP.maximumValueByteCount - 2 - padding.count)))
    do {
        let header =
            key.version == .v2
            ? try ControlHeader(v2TunnelID: TunnelID(1), ns: .first, nr: .first)
            : ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: .udp)
        var writer = ControlMessageWriter(header, type: .hello)
        try writer.append(vector)
        try writer.append(hiding: .remoteEndID, value, with: key, randomVector: vector, padding: padding)
        let written = writer.bytes
        let message = try ControlMessage(parsing: written.span, encapsulation: .udp)
        let revealed = try message.avps.value(of: .remoteEndID, revealedWith: key)
        precondition(revealed == value, "the value has changed")
    } catch {
        preconditionFailure("what was hidden cannot be revealed: \(error)")
    }
}

/// The AVPs of a message, written once more behind a digest.
private func authenticate(
    _ datagram: Span<UInt8>, over encapsulation: Encapsulation, with key: MessageDigestKey,
    _ nonces: AuthenticationNonces, _ algorithm: DigestAlgorithm
) {
    let avps = AVPList(parsingPrefix: datagram)
    let header = ControlHeader(tunnelID: TunnelID(1), ns: .first, nr: .first, encapsulation: encapsulation)
    var writer = ControlMessageWriter(header, type: .hello)
    do {
        try writer.appendMessageDigest(algorithm)
        var iterator = avps.makeIterator()
        while let avp = iterator.next() {
            if avp.type != AVPDefinition.messageDigest.type { try writer.append(avp) }
        }
        let message = try writer.authenticated(with: key, encapsulation: encapsulation, nonces: nonces)
        checkAuthentic(message, over: encapsulation, with: key, nonces)
    } catch {
        preconditionFailure("cannot be authenticated: \(error)")
    }
}

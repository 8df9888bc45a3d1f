import Testing

@testable import L2TPConfig

// swift-tools-version: 6.2
import PackageDescription

// The libraries and programs of the monorepo, by path, and the programs' tests. The packages under Packages/ also stand
// alone, each with a manifest of its own, which has their tests too; Tests/ManifestTests compares the two.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableExperimentalFeature("Lifetimes"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func library(_ name: String, in package: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Packages/\(package)/Sources/\(name)", swiftSettings: settings)
}

let package = Package(
    name: "l2tp-toolkit",
    products: [
        .library(name: "L2TPWire", targets: ["L2TPWire"]),
        .library(name: "L2TPWireTestSupport", targets: ["L2TPWireTestSupport"]),
        .library(name: "L2TPWireCrypto", targets: ["L2TPWireCrypto"]),
        .library(name: "L2TPModel", targets: ["L2TPModel"]),
        .library(name: "Netlink", targets: ["Netlink"]),
        .library(name: "LinkControl", targets: ["LinkControl"]),
        .library(name: "L2TPNetlink", targets: ["L2TPNetlink"]),
        .library(name: "L2TPSockets", targets: ["L2TPSockets"]),
        .library(name: "NetlinkTestSupport", targets: ["NetlinkTestSupport"]),
        .library(name: "L2TPContract", targets: ["L2TPContract"]),
        .library(name: "L2TPConfig", targets: ["L2TPConfig"]),
        .library(name: "L2TPConfigTOML", targets: ["L2TPConfigTOML"]),
        .library(name: "L2TPConfigTestSupport", targets: ["L2TPConfigTestSupport"]),
        .library(name: "L2TPApply", targets: ["L2TPApply"]),
        .library(name: "PacketCapture", targets: ["PacketCapture"]),
        .library(name: "CaptureFiles", targets: ["CaptureFiles"]),
        .library(name: "L2TPDecode", targets: ["L2TPDecode"]),
        .library(name: "LiveCapture", targets: ["LiveCapture"]),
        .library(name: "L2TPMetrics", targets: ["L2TPMetrics"]),
        .executable(name: "l2tp", targets: ["l2tp"]),
        .executable(name: "l2tp-apply", targets: ["l2tp-apply"]),
        .executable(name: "l2tp-exporter", targets: ["l2tp-exporter"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // The exporter's: the HTTP server, without what it needs Foundation for.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // L2TPWire: the packet format.
        library("L2TPWire", in: "L2TPWire"),
        library("L2TPWireTestSupport", in: "L2TPWire", ["L2TPWire"]),

        // L2TPWireCrypto: what L2TP does with a shared secret. No program depends on it.
        library("L2TPWireCrypto", in: "L2TPWireCrypto", ["L2TPWire", crypto]),

        // L2TPNetlink: the kernel control plane.
        .systemLibrary(
            name: "CLibmnl", path: "Packages/L2TPNetlink/Sources/CLibmnl", pkgConfig: "libmnl",
            providers: [.apt(["libmnl-dev"])]),
        library("Netlink", in: "L2TPNetlink", ["CLibmnl", systemPackage]),
        library("L2TPModel", in: "L2TPNetlink", ["L2TPWire"]),
        library("LinkControl", in: "L2TPNetlink", ["CLibmnl", "Netlink", "L2TPModel", "L2TPWire", systemPackage]),
        library(
            "L2TPNetlink", in: "L2TPNetlink",
            ["CLibmnl", "Netlink", "L2TPModel", "LinkControl", "L2TPWire", systemPackage]),
        library(
            "L2TPSockets", in: "L2TPNetlink",
            ["CLibmnl", "Netlink", "L2TPModel", "L2TPNetlink", "L2TPWire", systemPackage]),
        library(
            "NetlinkTestSupport", in: "L2TPNetlink",
            ["CLibmnl", "Netlink", "L2TPModel", "L2TPNetlink", "LinkControl", "L2TPWire", systemPackage]),
        library(
            "L2TPContract", in: "L2TPNetlink",
            ["Netlink", "L2TPModel", "L2TPNetlink", "NetlinkTestSupport", "L2TPWire", systemPackage]),

        // L2TPConfig: declarative configuration.
        library("L2TPConfig", in: "L2TPConfig", ["L2TPModel", "L2TPWire"]),
        library("L2TPConfigTOML", in: "L2TPConfig", ["L2TPConfig", "L2TPModel", "L2TPWire", tomlKit]),
        library("L2TPConfigTestSupport", in: "L2TPConfig", ["L2TPConfig", "L2TPModel", "L2TPWire"]),
        library(
            "L2TPApply", in: "L2TPConfig",
            ["L2TPConfig", "L2TPModel", "Netlink", "LinkControl", "L2TPNetlink", "L2TPWire", systemPackage]),

        // L2TPDecode: captured packets.
        .systemLibrary(
            name: "CZlib", path: "Packages/L2TPDecode/Sources/CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]),
        library("PacketCapture", in: "L2TPDecode"),
        library("CaptureFiles", in: "L2TPDecode", ["CZlib", "PacketCapture", systemPackage]),
        library("L2TPDecode", in: "L2TPDecode", ["PacketCapture", "L2TPWire"]),
        .systemLibrary(name: "CPacketSocket", path: "Packages/L2TPDecode/Sources/CPacketSocket"),
        library("LiveCapture", in: "L2TPDecode", ["CPacketSocket", "PacketCapture", systemPackage]),

        // The commands, and what they share.
        .target(
            name: "CommandLineSupport", dependencies: ["L2TPConfig", "Netlink", systemPackage, argumentParser],
            path: "Apps/CommandLineSupport/Sources", swiftSettings: settings),
        .executableTarget(
            name: "l2tp",
            dependencies: [
                "CommandLineSupport", "L2TPApply", "L2TPConfig", "L2TPConfigTOML", "L2TPDecode", "PacketCapture",
                "CaptureFiles", "LiveCapture", "L2TPNetlink", "L2TPModel", "L2TPWire", "LinkControl", "Netlink",
                systemPackage, argumentParser,
            ],
            path: "Apps/l2tp/Sources",
            swiftSettings: settings),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "l2tp", "CommandLineSupport", "L2TPApply", "L2TPConfig", "L2TPConfigTOML", "L2TPConfigTestSupport",
                "L2TPNetlink", "L2TPModel", "L2TPWire", "L2TPWireTestSupport",
                "Netlink", "NetlinkTestSupport", systemPackage,
            ],
            path: "Tests/CommandLineTests",
            swiftSettings: settings),
        .executableTarget(
            name: "l2tp-apply",
            dependencies: [
                "CommandLineSupport", "L2TPApply", "L2TPConfig", "L2TPConfigTOML", "L2TPNetlink", "L2TPModel",
                "L2TPWire", "LinkControl",
                "Netlink", systemPackage, logging, argumentParser,
            ],
            path: "Apps/l2tp-apply/Sources",
            swiftSettings: settings),
        .testTarget(
            name: "ApplyTests",
            dependencies: [
                "l2tp-apply", "CommandLineSupport", "L2TPApply", "L2TPConfig", "L2TPConfigTOML",
                "L2TPConfigTestSupport", "L2TPNetlink", "L2TPModel", "L2TPWire",
                "LinkControl", "Netlink", "NetlinkTestSupport", systemPackage, logging,
            ],
            path: "Tests/ApplyTests",
            swiftSettings: settings),

        // The exporter: what it tells, its web server, and the two small targets that call C for it.
        .target(
            name: "ContentNegotiation", path: "Apps/l2tp-exporter/Sources/ContentNegotiation", swiftSettings: settings),
        .target(
            name: "L2TPMetrics",
            dependencies: [
                "ContentNegotiation", "L2TPNetlink", "L2TPModel", "L2TPWire", "LinkControl", "Netlink", systemPackage,
            ],
            path: "Apps/l2tp-exporter/Sources/L2TPMetrics",
            swiftSettings: settings),
        .target(
            name: "L2TPDrift",
            dependencies: [
                "L2TPMetrics", "L2TPConfig", "L2TPConfigTOML", "L2TPModel", "L2TPWire", "Netlink", systemPackage,
            ],
            path: "Apps/l2tp-exporter/Sources/L2TPDrift",
            swiftSettings: settings),
        .systemLibrary(
            name: "CCrypt", path: "Apps/l2tp-exporter/Sources/CCrypt", pkgConfig: "libcrypt",
            providers: [.apt(["libcrypt-dev"])]),
        .target(
            name: "PasswordHash", dependencies: ["CCrypt"], path: "Apps/l2tp-exporter/Sources/PasswordHash",
            swiftSettings: settings),
        .target(
            name: "Gzip", dependencies: ["CZlib"], path: "Apps/l2tp-exporter/Sources/Gzip", swiftSettings: settings),
        .target(
            name: "L2TPExporterWeb",
            dependencies: [
                "ContentNegotiation", "PasswordHash", "Gzip", "L2TPConfig", "Netlink", systemPackage, logging,
                hummingbirdCore,
                serviceLifecycle, nioCore, nioPosix, nioHTTP1, nioSSL, nioHTTPTypes, nioHTTPTypesHTTP1, httpTypes, yams,
            ],
            path: "Apps/l2tp-exporter/Sources/L2TPExporterWeb", swiftSettings: settings),
        .executableTarget(
            name: "l2tp-exporter",
            dependencies: [
                "CommandLineSupport", "L2TPMetrics", "L2TPDrift", "L2TPExporterWeb", "Netlink", systemPackage, logging,
                argumentParser, serviceLifecycle, unixSignals,
            ],
            path: "Apps/l2tp-exporter/Sources/l2tp-exporter",
            swiftSettings: settings),
        .testTarget(
            name: "ExporterTests",
            dependencies: [
                "l2tp-exporter", "CommandLineSupport", "L2TPMetrics", "L2TPDrift", "L2TPExporterWeb", "PasswordHash",
                "ContentNegotiation", "Gzip", "L2TPConfig",
                "L2TPConfigTestSupport", "L2TPNetlink", "L2TPModel", "L2TPWire", "LinkControl", "Netlink",
                "NetlinkTestSupport", "L2TPWireTestSupport", systemPackage, logging, serviceLifecycle, nioCore,
                nioEmbedded, nioPosix, nioSSL, argumentParser,
            ],
            path: "Tests/ExporterTests",
            exclude: ["Metrics/Golden", "Web/Certificates"],
            swiftSettings: settings),
        .testTarget(name: "ManifestTests", path: "Tests/ManifestTests", swiftSettings: settings),
        .testTarget(
            name: "DocumentationTests",
            dependencies: ["L2TPConfig", "L2TPConfigTOML", "L2TPConfigTestSupport", "L2TPModel", "L2TPWire"],
            path: "Tests/DocumentationTests", swiftSettings: settings),
    ]
)

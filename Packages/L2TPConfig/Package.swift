// swift-tools-version: 6.2
import PackageDescription

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
let wire = Target.Dependency.product(name: "L2TPWire", package: "L2TPWire")
let wireTestSupport = Target.Dependency.product(name: "L2TPWireTestSupport", package: "L2TPWire")
func netlink(_ name: String) -> Target.Dependency { .product(name: name, package: "L2TPNetlink") }

let package = Package(
    name: "L2TPConfig",
    products: [
        .library(name: "L2TPConfig", targets: ["L2TPConfig"]),
        .library(name: "L2TPConfigTOML", targets: ["L2TPConfigTOML"]),
        .library(name: "L2TPConfigTestSupport", targets: ["L2TPConfigTestSupport"]),
        .library(name: "L2TPApply", targets: ["L2TPApply"]),
    ],
    dependencies: [
        .package(path: "../L2TPWire"),
        .package(path: "../L2TPNetlink"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        .target(name: "L2TPConfig", dependencies: [netlink("L2TPModel"), wire], swiftSettings: settings),
        .target(
            name: "L2TPConfigTOML", dependencies: ["L2TPConfig", netlink("L2TPModel"), wire, tomlKit],
            swiftSettings: settings),
        .target(
            name: "L2TPConfigTestSupport", dependencies: ["L2TPConfig", netlink("L2TPModel"), wire],
            swiftSettings: settings),
        .target(
            name: "L2TPApply",
            dependencies: [
                "L2TPConfig", netlink("L2TPModel"), netlink("Netlink"), netlink("LinkControl"), netlink("L2TPNetlink"),
                wire, systemPackage,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "L2TPConfigTests",
            dependencies: [
                "L2TPConfig", "L2TPConfigTOML", "L2TPConfigTestSupport", netlink("L2TPModel"), wire, wireTestSupport,
            ],
            exclude: ["Broken"],
            swiftSettings: settings),
        .testTarget(
            name: "L2TPApplyTests",
            dependencies: [
                "L2TPApply", "L2TPConfig", "L2TPConfigTOML", "L2TPConfigTestSupport", netlink("L2TPModel"),
                netlink("Netlink"),
                netlink("LinkControl"), netlink("L2TPNetlink"), netlink("NetlinkTestSupport"), wire, wireTestSupport,
                systemPackage,
            ],
            swiftSettings: settings),
    ]
)

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

let package = Package(
    name: "L2TPWireCrypto",
    products: [
        .library(name: "L2TPWireCrypto", targets: ["L2TPWireCrypto"])
    ],
    dependencies: [
        .package(path: "../L2TPWire"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .target(
            name: "L2TPWireCrypto",
            dependencies: [
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "L2TPWireCryptoTests",
            dependencies: [
                "L2TPWireCrypto",
                .product(name: "L2TPWire", package: "L2TPWire"),
                .product(name: "L2TPWireTestSupport", package: "L2TPWire"),
            ],
            swiftSettings: settings
        ),
    ]
)

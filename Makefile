# L2TP toolkit for Linux. `make help` lists the targets.

SHELL := /bin/bash

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
# Finds libstdc++.a; g++ is not needed for that.
GCC ?= gcc
# PIE=1 links position-independent code, which the kernel can load anywhere (see below).
PIE ?=
# The kernel series that test-kernel boots.
KERNELS ?= 6.1 6.12

sbindir = $(DESTDIR)$(PREFIX)/sbin
mandir = $(DESTDIR)$(PREFIX)/share/man
unitdir = $(DESTDIR)$(PREFIX)/lib/systemd/system
completions = $(DESTDIR)$(PREFIX)/share
# What is built, installed, and removed again.
programs = l2tp l2tp-apply l2tp-exporter
units = $(wildcard Apps/*/*.service Apps/*/*.socket)
pages = $(wildcard docs/man/man[58]/*.[58])

# A program starts faster the less the dynamic linker has to do: the Swift runtime, libstdc++ and zlib are
# linked in, unused sections dropped, and addresses fixed, so that nothing is relocated at start. The price
# is that the program's own addresses are not random (its stack, heap and shared libraries' are); where a
# policy asks for that too, PIE=1 has it, for a start that takes a quarter longer (1.4 ms instead of 1.1).
# What a debugger needs, which -s takes out again, is not made.
# Of Foundation, which TOMLKit imports, only FoundationEssentials is needed; but libFoundation.a has copies of
# some of its symbols, for which the linker would take in all of it, and ICU with its data: 43 MB. Without it
# the linker says what is missing, should anything ever be. Yams, in the exporter, needs all of it.
# The folder holds libstdc++.a alone, for the linker prefers the shared library where it sees both. It sees zlib's
# shared library first in any case, in the folder of libmnl, so that one is replaced by name.
static_libraries = $(CURDIR)/.build/static-libraries
static_zlib = $(shell $(GCC) -print-file-name=libz.a 2>/dev/null)
release_flags = -c release --static-swift-stdlib -debug-info-format none \
    -Xswiftc -use-ld=lld -Xswiftc -Xclang-linker -Xswiftc $(if $(filter 1,$(PIE)),-pie,-no-pie) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
    -Xlinker -L$(static_libraries) -Xlinker --gc-sections -Xlinker --icf=safe -Xlinker -s \
    $(if $(wildcard $(static_zlib)),-Xlinker "--remap-inputs=*/libz.so=$(static_zlib)")
without_foundation = -Xlinker "--remap-inputs=*/libFoundation.a=/dev/null"
flags_l2tp = $(without_foundation)
flags_l2tp-apply = $(without_foundation)

# What a target needs is made in the order it is named in, also with -j: packages come before the build.
.NOTPARALLEL:

.PHONY: help deps build test test-kernel lint format fuzz bench demo install uninstall clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install the packages (Debian, Python) that building and testing need, and fetch the kernels for the VM
	@Tests/install-packages Tests/packages Tests/Kernel/packages
	@Tests/install-python Tests/requirements.txt
	@Tests/Kernel/vm fetch

build: ## build the programs into .build/release (PIE=1 for position-independent code)
	@for library in libmnl libcrypt zlib; do pkg-config --exists $$library || \
	    { echo "build: the headers of $$library are missing: run make deps first" >&2; exit 1; }; done
	@mkdir -p $(static_libraries)
	@library=$$($(GCC) -print-file-name=libstdc++.a 2>/dev/null); \
	if [[ -f $$library ]]; then ln -sfn "$$library" $(static_libraries)/libstdc++.a; \
	else rm -f $(static_libraries)/libstdc++.a; echo 'build: $(GCC) has no libstdc++.a (package g++ has): linking the shared library' >&2; fi
	$(foreach program,$(programs),$(SWIFT) build --product $(program) $(release_flags) $(flags_$(program)) &&) true

test: deps ## run every test: units, packages alone, command line, and both kernels in the VM
	@Tests/run

test-kernel: deps ## run the kernel tests alone (KERNELS="6.1 6.12")
	@Tests/run kernel $(KERNELS)

lint: ## check the format of the sources
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Packages Apps Tests docs

format: ## format the sources
	$(SWIFT) format --in-place --recursive --parallel Package.swift Packages Apps Tests docs

fuzz: deps ## run every fuzz target for a minute (SECONDS=60)
	Tests/Fuzz/run $(or $(SECONDS),60)

bench: deps build ## compare the codec with C, l2tp decode with tshark, and with ip-l2tp(8) on both kernels in the VM (COUNT, LISTS, DELETIONS, ROUNDS, SCRIPT_ROUNDS; KERNELS)
	@Tests/Benchmarks/run-wire
	@Tests/Benchmarks/measure-decode .build/release/l2tp
	@COUNT=$(COUNT) LISTS="$(LISTS)" DELETIONS=$(DELETIONS) ROUNDS=$(ROUNDS) SCRIPT_ROUNDS=$(SCRIPT_ROUNDS) Tests/Benchmarks/run $(KERNELS)

demo: deps build ## watch two sites exchange Ethernet frames through a tunnel of ours
	@Tests/Kernel/run-demo .build/release/l2tp

install: ## install below $(DESTDIR)$(PREFIX); `make build` comes first
	@for program in $(programs); do test -x .build/release/$$program || \
	    { echo "install: .build/release/$$program is missing: run make build first" >&2; exit 1; }; done
	install -d $(sbindir) $(unitdir) $(mandir)/man5 $(mandir)/man8
	install -m 755 $(programs:%=.build/release/%) $(sbindir)
	ln -sfn l2tp $(sbindir)/l2tpv3tun
	for unit in $(units); do \
	    sed 's|/usr/local/sbin/|$(PREFIX)/sbin/|' $$unit > $(unitdir)/$${unit##*/} && chmod 644 $(unitdir)/$${unit##*/} || exit; done
	for page in $(pages); do install -m 644 $$page $(mandir)/man$${page##*.} || exit; done
	echo .so man8/l2tp.8 > $(mandir)/man8/l2tpv3tun.8
	install -d $(completions)/bash-completion/completions $(completions)/zsh/site-functions $(completions)/fish/vendor_completions.d
	for program in $(programs); do \
	    .build/release/$$program --generate-completion-script bash > $(completions)/bash-completion/completions/$$program && \
	    .build/release/$$program --generate-completion-script zsh > $(completions)/zsh/site-functions/_$$program && \
	    .build/release/$$program --generate-completion-script fish > $(completions)/fish/vendor_completions.d/$$program.fish || \
	    exit; done
	ln -sfn l2tp $(completions)/bash-completion/completions/l2tpv3tun
	ln -sfn l2tp.fish $(completions)/fish/vendor_completions.d/l2tpv3tun.fish

uninstall: ## remove what install installed
	rm -f $(programs:%=$(sbindir)/%) $(sbindir)/l2tpv3tun $(addprefix $(unitdir)/,$(notdir $(units))) \
	    $(pages:docs/man/%=$(mandir)/%) $(mandir)/man8/l2tpv3tun.8 \
	    $(programs:%=$(completions)/bash-completion/completions/%) $(completions)/bash-completion/completions/l2tpv3tun \
	    $(programs:%=$(completions)/zsh/site-functions/_%) \
	    $(programs:%=$(completions)/fish/vendor_completions.d/%.fish) \
	    $(completions)/fish/vendor_completions.d/l2tpv3tun.fish

clean: ## remove what was built; the kernels of the VM stay in their cache
	rm -rf .build Packages/*/.build Tests/*/.build

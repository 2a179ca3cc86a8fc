# make run    builds a release and opens the dashboard on the sample company
# make test   runs all tests
# Also: bench, lint, format, release, install PREFIX=... DESTDIR=..., uninstall, clean, ci
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

# What Debian must have installed; `make deps` installs what is missing.
PACKAGES = libncurses-dev libsqlite3-dev ncurses-base tzdata
# What tests run besides: msmtp hands mail on and takes none itself.
TEST_PACKAGES = msmtp

# Without it a terminal that comes or goes changes the flags, and all is built again.
PLAIN = --no-color-diagnostics
# What starts fast and trusts little: no library is looked for beside the program, addresses are bound
# before main and read-only from then on, nothing is exported, and what the Swift runtime wants of C++
# is part of the program, as the runtime is.
STATIC = .build/static
LINK = --disable-local-rpath -Xlinker -L$(STATIC) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
  -Xlinker -z -Xlinker now -Xlinker --no-export-dynamic
RELEASE = -c release --static-swift-stdlib $(LINK) $(PLAIN)
OUT = .build/release
BINARY = $(OUT)/tocsin

bindir = $(DESTDIR)$(PREFIX)/bin
share = $(DESTDIR)$(PREFIX)/share
data = $(share)/tocsin
man = $(share)/man/man1
bash = $(share)/bash-completion/completions
zsh = $(share)/zsh/site-functions
fish = $(share)/fish/vendor_completions.d

export SWIFT_BACKTRACE = enable=no

.NOTPARALLEL:
.PHONY: run test bench lint format release debug deps test-programs install built uninstall \
  clean ci

run: release
	@$(BINARY) demo

release: deps $(STATIC)
	$(SWIFT) build $(RELEASE) --product tocsin

# Holds nothing but libstdc++.a, so that the linker takes it from here; without it, it takes the shared one.
$(STATIC):
	mkdir -p $@
	archive=$$("$$(dirname "$$(command -v $(SWIFT))")/clang" -print-file-name=libstdc++.a) && \
	  [ ! -f "$$archive" ] || ln -sf "$$archive" $@/

debug: deps
	$(SWIFT) build --build-tests $(PLAIN)


test: debug test-programs
	$(SWIFT) test --skip-build --disable-xctest

# Postfix with its libraries is only unpacked: installed, it would become the host's mail server. Where
# it cannot be had, the tests that want it say so and are skipped.
test-programs: deps
	@$(MAKE) --no-print-directory deps PACKAGES='$(TEST_PACKAGES)' || echo \
	  'Could not be installed: $(TEST_PACKAGES); the tests that want it are skipped.' >&2
	@[ -e .build/postfix ] || [ -x /usr/lib/postfix/sbin/master ] \
	  || ! command -v apt-get >/dev/null || { \
	  folder=.build/postfix.new; rm -rf $$folder; mkdir -p $$folder/debs && ( cd $$folder/debs && \
	    { apt-get download -q postfix || { apt-get update -q && apt-get download -q postfix; }; } && \
	    apt-get download -q $$(dpkg-deb -f postfix_*.deb Depends | tr ',|' '\n\n' \
	      | sed -n 's/^ *\(lib[^ ]*\).*/\1/p' | grep -v '^libc6$$' | sort -u) && \
	    for deb in *.deb; do dpkg-deb -x $$deb .. || exit 1; done \
	  ) >/dev/null 2>&1 && rm -rf $$folder/debs && mv $$folder .build/postfix; \
	} || echo 'Postfix could not be fetched; the tests that want it are skipped.' >&2

# TOCSIN_PTY_BENCH names a program that measures from outside, by the specs in fixtures/bench; it
# is called as: PROGRAM compare --data FOLDER SPEC... with TOCSIN_PTY_PEERS as further specs.
bench: release
	$(SWIFT) build $(RELEASE) --product bench
	@if [ -z "$$TOCSIN_PTY_BENCH" ]; then exec $(OUT)/bench $(BINARY); fi; \
	folder=$${TOCSIN_BENCH_DIR:-$$(mktemp -d)} && \
	TOCSIN_BENCH_DIR=$$folder $(OUT)/bench $(BINARY) && \
	$(BINARY) organisation set --name Empty --store $$folder/empty.sqlite >/dev/null && \
	PATH="$$PWD/$(OUT):$$PATH" "$$TOCSIN_PTY_BENCH" compare --all --data $$folder \
	  fixtures/bench/*.toml $$TOCSIN_PTY_PEERS

lint:
	$(SWIFT) format lint --strict --parallel --recursive --configuration .swift-format \
	  Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --parallel --recursive --configuration .swift-format \
	  Package.swift Sources Tests

ci:
	.ci/run

deps:
	@if ! command -v $(SWIFT) >/dev/null; then \
	  echo 'There is no Swift toolchain. Install Swift 6.2 or later: https://www.swift.org/install' >&2; \
	  exit 1; \
	fi
	@if ! command -v dpkg-query >/dev/null; then \
	  echo 'Not a Debian system: have the headers of ncursesw and SQLite 3 installed.' >&2; \
	  exit 0; \
	fi; \
	missing=; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}\n' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	as_root=; \
	if [ "$$(id -u)" != 0 ]; then \
	  if ! command -v sudo >/dev/null; then \
	    echo "Missing packages. As root, run: apt-get update && apt-get install$$missing" >&2; \
	    exit 1; \
	  fi; \
	  as_root=sudo; \
	fi; \
	echo "Installing$$missing"; \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing

# Under sudo nothing is built: the toolchain is seldom in root's PATH, and what root builds in
# .build its owner could not build over.
# Rules of an earlier version would be strangers among these: MANIFEST lists what belongs here.
install: $(if $(SUDO_USER),built,release)
	install -d $(bindir) $(data)/themes $(data)/mappings $(man) \
	  $(data)/rules/Laws $(data)/rules/Calendars $(data)/rules/Contents $(data)/rules/Authorities \
	  $(data)/rules/Templates $(data)/rules/Frameworks $(data)/rules/Rights \
	  $(bash) $(zsh) $(fish)
	for kind in Laws Calendars Contents Authorities Templates Rights; do rm -f $(data)/rules/$$kind/*.yaml; done
	install -m 755 $(BINARY) $(bindir)/tocsin
	install -m 644 themes/* $(data)/themes
	install -m 644 Sources/Exchange/Mappings/* $(data)/mappings
	for kind in Laws Calendars Contents Authorities Templates Frameworks Rights; do \
	  install -m 644 Sources/Rulebook/$$kind/*.yaml $(data)/rules/$$kind || exit 1; \
	done
	$(BINARY) generate-manifest Sources/Rulebook > $(data)/rules/MANIFEST
	chmod 644 $(data)/rules/MANIFEST
	$(BINARY) generate-manual > $(man)/tocsin.1
	$(BINARY) --generate-completion-script bash > $(bash)/tocsin
	$(BINARY) --generate-completion-script zsh > $(zsh)/_tocsin
	$(BINARY) --generate-completion-script fish > $(fish)/tocsin.fish
	chmod 644 $(man)/tocsin.1 $(bash)/tocsin $(zsh)/_tocsin $(fish)/tocsin.fish

built:
	@if [ ! -x $(BINARY) ]; then \
	  echo 'Nothing is built yet. Run make release first, without sudo.' >&2; \
	  exit 1; \
	fi

uninstall:
	rm -f $(bindir)/tocsin $(man)/tocsin.1 $(bash)/tocsin $(zsh)/_tocsin $(fish)/tocsin.fish
	rm -rf $(data)

clean:
	rm -rf .build

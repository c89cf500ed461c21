# What people type. Every target works as the first command in a fresh clone.

SWIFT ?= swift
PREFIX ?= /usr/local
# SwiftPM's build directory.
SCRATCH ?= .build

BENCHDB = $(SCRATCH)/release/benchdb
SOURCES = Sources Tests migrations reports Package.swift

.DEFAULT_GOAL := help
# SwiftPM locks its build directory and uses every core by itself: side by side, targets would only wait for one another.
.NOTPARALLEL:
.PHONY: help setup build record test lint format gate baseline report install

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: ## Install what building needs and this machine lacks (libsqlite3-dev, g++, git)
	@SWIFT="$(SWIFT)" .ci/setup

build: setup ## Build benchdb in release
	$(SWIFT) build --scratch-path "$(SCRATCH)" -c release --product benchdb

record: build ## Measure this checkout and store every sample in .benchdb/results.sqlite
	"$(BENCHDB)" record --profile quick

test: setup ## Run every test
	$(SWIFT) test --scratch-path "$(SCRATCH)"

gate: build ## Compare what this checkout counts with the published baseline
	@SCRATCH="$(SCRATCH)" .ci/gate

baseline: build ## Renew reports/published/baseline.jsonl
	@SCRATCH="$(SCRATCH)" .ci/baseline

report: build ## Measure the full profile (or PROFILE) and renew reports/published/performance.*
	@SCRATCH="$(SCRATCH)" PROFILE="$(PROFILE)" .ci/report

lint: ## Check the format of every Swift file, and that no build product is tracked
	$(SWIFT) format lint --strict --parallel -r $(SOURCES)
	@tracked=$$(git ls-files | grep -E '(^|/)(Package\.resolved|\.build[^/]*|\.benchdb)(/|$$)'); \
	if [ -n "$$tracked" ]; then \
	  printf 'lint: build products must not be tracked; remove them with "git rm --cached":\n%s\n' \
	    "$$tracked" >&2; \
	  exit 1; \
	fi

format: ## Format every Swift file in place
	$(SWIFT) format format -i --parallel -r $(SOURCES)

install: build ## Install benchdb, its manual and shell completions under PREFIX (default /usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$(BENCHDB)" "$(DESTDIR)$(PREFIX)/bin/benchdb"
	install -d "$(DESTDIR)$(PREFIX)/share/man/man1"
	"$(BENCHDB)" --generate-manual >"$(DESTDIR)$(PREFIX)/share/man/man1/benchdb.1"
	$(call install_completion,bash,bash-completion/completions/benchdb)
	$(call install_completion,zsh,zsh/site-functions/_benchdb)
	$(call install_completion,fish,fish/vendor_completions.d/benchdb.fish)

# $(call install_completion,SHELL,FILE below PREFIX/share)
define install_completion
install -d "$(dir $(DESTDIR)$(PREFIX)/share/$(2))"
"$(BENCHDB)" --generate-completion-script $(1) >"$(DESTDIR)$(PREFIX)/share/$(2)"
endef

# `make help` lists the targets. Each installs what it needs; only Go, Python, Node.js and make must be there.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

export KEEP

BIN := npx --no-install
TEST := node scripts/test.mjs
PULUMI_TOOLS := pulumi pulumi-language-nodejs pulumi-language-yaml
SOURCES := $(shell find provider/src -name '*.ts' 2>/dev/null) package.json tsconfig.json tsconfig.build.json

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

## ---- building

.PHONY: deps
deps: ## install the npm packages of package-lock.json, unless they are there
	@node scripts/deps.mjs

.PHONY: build
build: deps dist/.stamp build-localcloud ## compile everything that running needs, the plugin executable included

dist/.stamp: $(SOURCES) | deps
	@mkdir -p dist && find dist -mindepth 1 -maxdepth 1 ! -name localcloud -exec rm -rf {} +
	@if [[ -f provider/src/main.ts ]]; then $(BIN) tsc -p tsconfig.build.json; fi
	@touch $@

.PHONY: build-localcloud
build-localcloud: deps
	@if [[ -f localcloud/tsconfig.json ]]; then $(BIN) tsc -p localcloud/tsconfig.json; fi

.PHONY: tools
tools: ## build the Pulumi CLI and language hosts (an installed pulumi is used instead)
	@./tools/build $(PULUMI_TOOLS)

.PHONY: tools-kops
tools-kops: ## build kops and nodeup
	@./tools/build kops nodeup

.PHONY: generate
generate: deps ## write what is generated: types, SDKs, docs/reference.md, docs/resources.md
	@./codegen/generate .

.PHONY: dist
dist: build ## make all that a release publishes, in release/: plugin archives, npm, PyPI and Go packages
	@node scripts/dist.mjs

.PHONY: reference
reference: deps ## write what is generated in docs/, which make generate does too
	@for part in reference resources permissions; do $(BIN) tsx codegen/$$part/main.ts; done

## ---- checking

.PHONY: typecheck
typecheck: deps ## check the types of everything
	@$(BIN) tsc --noEmit -p .

.PHONY: lint
lint: deps ## run ESLint
	@$(BIN) eslint --max-warnings 0 .

.PHONY: format
format: deps ## format with Prettier
	@$(BIN) prettier --log-level warn --write .

.PHONY: check-format
check-format: deps
	@$(BIN) prettier --log-level warn --check .

.PHONY: check-generate
check-generate: deps ## fail when generated types or SDKs differ from provider/schema.json
	@./codegen/check

.PHONY: test
test: build ## checks, then the tiers unit, schema, component, golden and engine
	@$(TEST) checks test

.PHONY: test-long
test-long: build ## the longer tiers: everything that takes kOps or Kubernetes itself
	@$(TEST) long

test-%: build ## one tier: make test-unit, test-engine, test-kops, ...
	@$(TEST) $*

.PHONY: goldens
goldens: build tools-kops ## make the golden files anew by running kOps
	@./scripts/goldens

.PHONY: bench
bench: build tools tools-kops ## measure, and print ratios
	@./scripts/bench

## ---- trying it

.PHONY: demo
demo: ## a cluster on a simulated AWS, with no account (KEEP=1 leaves it running)
	@./scripts/demo

.PHONY: clean
clean: ## remove what building left in this folder
	@rm -rf dist release

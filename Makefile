# `make help` lists the targets. Each installs what it needs, except Go, Python, Node.js and make.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

export KEEP

BIN := npx --no-install
TEST := node scripts/test.mjs
LANGUAGES := pulumi-language-nodejs pulumi-language-yaml pulumi-language-python pulumi-language-go
PULUMI_TOOLS := pulumi $(LANGUAGES) pulumi-resource-tls
MACHINE_TOOLS := nodeup channels kops-controller etcd helm karpenter kube-apiserver kube-controller-manager kube-scheduler
SOURCES := $(shell find provider/src -name '*.ts' 2>/dev/null) package.json tsconfig.json tsconfig.build.json
LOCALCLOUD_SOURCES := $(shell find localcloud -name '*.ts' 2>/dev/null) package.json tsconfig.json localcloud/tsconfig.json

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

## ---- building

.PHONY: deps
deps: ## install the npm packages of package-lock.json, if missing
	@node scripts/deps.mjs

.PHONY: build
build: deps dist/.stamp build-localcloud ## compile the plugin and the local cloud

dist/.stamp: $(SOURCES) | deps
	@mkdir -p dist && find dist -mindepth 1 -maxdepth 1 ! -name localcloud -exec rm -rf {} +
	@if [[ -f provider/src/main.ts ]]; then $(BIN) tsc -p tsconfig.build.json; fi
	@touch $@

.PHONY: build-localcloud
build-localcloud: deps dist/localcloud/.stamp

dist/localcloud/.stamp: $(LOCALCLOUD_SOURCES) | deps
	@$(BIN) tsc -p localcloud/tsconfig.json
	@touch $@

.PHONY: tools
tools: ## build the Pulumi CLI, language hosts (unless Pulumi is installed) and tls plugin
	@./tools/build $(PULUMI_TOOLS)

.PHONY: tools-kops
tools-kops: ## build kops and nodeup
	@./tools/build kops nodeup

.PHONY: generate
generate: deps ## write all generated files: types, SDKs, docs
	@./codegen/generate .

.PHONY: release
release: deps ## write what a kOps release's module says: make release KOPS=1.36.2 [FROM=an earlier release to compare with]
	@$(BIN) tsx codegen/release/main.ts $(KOPS) $(FROM)

.PHONY: dist
dist: build ## build the release packages in release/: plugin archives, npm, PyPI and Go packages
	@node scripts/dist.mjs

.PHONY: reference
reference: deps ## write only the generated docs
	@for part in reference resources permissions; do $(BIN) tsx codegen/$$part/main.ts; done

## ---- checking

.PHONY: typecheck
typecheck: deps ## check all types
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
check-generate: deps ## fail if the committed generated files are out of date
	@./codegen/check

.PHONY: test
test: build ## run the checks, then the tiers unit, schema, component, golden and engine
	@$(TEST) checks test

.PHONY: test-long
test-long: build ## run the longer tiers, which need kOps or Kubernetes
	@$(TEST) long

.PHONY: test-all
test-all: build ## run everything, as .ci/run does
	@$(TEST) checks test long

test-%: build ## run one tier: make test-unit, test-engine, test-kops, ...
	@$(TEST) $*

.PHONY: campaign-inputs
campaign-inputs: deps ## random inputs, 20,000 of them: none may throw (ARGS="--count N --seed S")
	@$(BIN) tsx tests/campaign/inputs.ts $(ARGS)

.PHONY: campaign-kops
campaign-kops: build tools ## 100 of those that the provider accepts: kOps must accept them too (ARGS="--count N --seed S")
	@PATH="$$(./tools/build --print-bin-dir):$$PATH" $(BIN) tsx tests/campaign/kops.ts $(ARGS)

.PHONY: campaign
campaign: build tools ## 50 random kills and a faulty AWS, each with the documented way back (ARGS="--kills N --seed S")
	@PATH="$$(./tools/build --print-bin-dir):$$PATH" $(BIN) tsx tests/campaign/faults.ts $(ARGS)

.PHONY: campaign-machines
campaign-machines: build ## kills of a cluster with instances, and a faulty Kubernetes API; root on Linux (ARGS="--rounds N --seed S")
	@./tools/build $(PULUMI_TOOLS) pulumi-resource-kubernetes $(MACHINE_TOOLS)
	@PATH="$$(./tools/build --print-bin-dir):$$PATH" $(BIN) tsx tests/campaign/machines.ts $(ARGS)

.PHONY: goldens
goldens: build tools-kops ## write the golden files again by running kOps
	@./scripts/goldens

.PHONY: bench
bench: build tools tools-kops ## measure times, and print ratios
	@./scripts/bench

## ---- trying it

.PHONY: demo
demo: ## deploy a cluster to a simulated AWS, without an account (KEEP=1 keeps it)
	@./scripts/demo

.PHONY: clean
clean: ## remove build output from this folder
	@rm -rf dist release

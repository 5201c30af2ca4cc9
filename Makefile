# Norms to Evidence. make help lists what there is to do; all of it needs Go
# and nothing else that has to be installed by hand.

.DEFAULT_GOAL := help
.PHONY: help run build test check generate format tidy vet staticcheck smoke replicas eval bench db-reset postgres judges unjudged
.NOTPARALLEL:

BIN := bin/normmap

# The race detector is compiled C.
CC_FOUND := $(shell command -v "$$(go env CC)" 2>/dev/null)
RACE := $(if $(CC_FOUND),-race)

# Debian and Ubuntu keep server programs off the PATH, in one folder a version.
POSTGRES := $(shell for d in "$$(pg_config --bindir 2>/dev/null)" "$$(dirname "$$(command -v initdb 2>/dev/null)")" /usr/lib/postgresql/*/bin; do \
	[ -x "$$d/initdb" ] && "$$d/postgres" --version 2>/dev/null; done | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p' | awk '$$1 >= 15 { print; exit }')

CHROMIUM := $(shell if [ -n "$$NORMMAP_CHROMIUM" ]; then command -v "$$NORMMAP_CHROMIUM"; else \
	for c in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$c && break; done; fi)

# What judges pages, where make judges put it. The one for HTML needs Java.
JUDGES := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/normmap/judges
export NORMMAP_AXE ?= $(wildcard $(JUDGES)/axe.min.js)
export NORMMAP_VNU ?= $(if $(shell command -v java),$(wildcard $(JUDGES)/vnu.jar))

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: build postgres ## build and start the service on http://127.0.0.1:8080
	@exec $(BIN) serve

build: ## build bin/normmap
	@go build -o $(BIN) ./cmd/normmap

test: postgres ## run every test on a real PostgreSQL that is brought up for it
	@[ -n "$(RACE)" ] || echo "no C compiler: the tests run without the race detector"
	@go run ./internal/pgtest/withpg go test $(RACE) $(VETTED) -shuffle=on -timeout=25m ./...
	@$(MAKE) --no-print-directory unjudged

# In CI a test fails for each of these.
unjudged:
	@[ -n "$(CHROMIUM)" ] || { echo "browser tests NOT run: no Chromium was found"; [ -z "$$CI" ]; }
	@[ -n "$(NORMMAP_AXE)" ] || { echo "pages NOT judged by axe: make judges fetches it"; [ -z "$$CI" ]; }
	@[ -n "$(NORMMAP_VNU)" ] || { echo "HTML NOT checked: make judges fetches the checker, which needs Java"; [ -z "$$CI" ]; }
	@command -v pdftotext >/dev/null || { echo "printed pages NOT read: no pdftotext was found (poppler-utils)"; [ -z "$$CI" ]; }
	@command -v xmllint >/dev/null || { echo "feeds NOT held against the schema of Atom: no xmllint was found (libxml2-utils)"; [ -z "$$CI" ]; }
	@[ -n "$$NORMMAP_FIXTURES" ] || echo "references NOT cut out of the founding letter and paper, feeds NOT held against the schema of Atom: NORMMAP_FIXTURES names no folder with them"

judges: ## fetch what judges pages in tests: axe and the Nu HTML checker
	@.ci/judges

# All of it is vetted before it is tested.
check: VETTED := -vet=off
check: generate format tidy vet staticcheck test ## everything that a change must pass
	@git diff --exit-code

generate: ## write the Go code of the templates
	@go tool templ generate

format: ## write Go code as gofmt does
	@gofmt -w cmd internal migrations seeds web

# The tools have a module file of their own, so that what they need is no part
# of the program. It is not tidied: tidy would put the program's modules in.
tidy:
	@go mod tidy -diff

vet:
	@go vet ./...

staticcheck:
	@go tool -modfile=tools.mod staticcheck ./...

smoke: build postgres ## drive the built program over HTTP, on a database of its own
	@go run ./internal/pgtest/withpg go run ./internal/smoke $(BIN)

replicas: build postgres ## two instances on a primary with a replica: restarts, and a primary that is killed
	@go run ./internal/replicas $(BIN)

eval: postgres ## how well contributions are read, and how often hints and suggestions are right
	@go run ./internal/pgtest/withpg go run ./internal/eval

# SIZES=10000,100000 and ROWS=hot,304 choose; ROUNDS and SECONDS say how long;
# FORM=markdown or json is for the README and for programs; PROFILE=folder keeps
# profiles. NORMMAP_LIGHTHOUSE names the program that judges a page as on a slow
# phone; without it those goals are not measured. It is built, not run by go, so that what it measures hangs below it
# alone.
bench: build postgres ## measure the built program beside what limits it, at 10,000 to 1,000,000 links
	@go build -o bin/bench ./internal/bench
	@exec bin/bench $(BIN)

db-reset: build ## delete the private database; the next start makes a new one
	@$(BIN) db-reset

# Where there is no server, the program downloads one if there is npm, and else
# says what to do; root without npm gets Debian's. Without the setting,
# installing it would start a server that nobody uses.
postgres:
	@if [ -z "$(POSTGRES)$$DATABASE_URL$$DATABASE_URL_FILE$$NORMMAP_PG_BIN$$TEST_DATABASE_URL" ] && \
		! command -v npm >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "There is neither PostgreSQL 15 or newer nor npm on this machine: installing Debian's postgresql with apt-get"; \
		mkdir -p /etc/postgresql-common && \
		echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf && \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold postgresql; \
	fi

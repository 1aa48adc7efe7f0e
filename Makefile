# Every target says what it is for: make help.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
export CGO_ENABLED := 0
GO ?= go
BIN := bin/earshot

.PHONY: help
help: ## show this list
	@grep -hE '^[a-zA-Z0-9_ -]+:.*?## ' $(MAKEFILE_LIST) | awk -F':.*?## ' '{printf "  %-14s %s\n", $$1, $$2}'

.PHONY: build
build: ## build bin/earshot
	@mkdir -p bin
	$(GO) build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/earshot

.PHONY: demo
demo: build ## show the whole product, with no account and no network (45 s, then Ctrl-C)
	$(BIN) demo

.PHONY: test
test: ## run every test
	$(GO) test ./...

.PHONY: e2e
e2e: ## only the end-to-end tests: the built binary, other processes, kill -9
	$(GO) test -count=1 -run 'TestEndToEnd|TestQ8Kill9' ./cmd/earshot

.PHONY: bench
bench: ## the judge's speed, entries a second end to end, and the CPU of a 304 poll against a bare loop
	$(GO) test -run '^$$' -bench . -benchtime 3x ./internal/daemon
	@EARSHOT_BENCH=1 $(GO) test -count=1 -v -run '^TestSpeed$$' ./classify | grep -E 'speed_test.go|FAIL|^ok'

.PHONY: lint
lint: ## gofmt, vet, staticcheck
	@bad=$$(gofmt -l .); if [ -n "$$bad" ]; then echo "gofmt would change: $$bad"; exit 1; fi
	$(GO) vet ./...
	$(GO) run honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK) ./...

STATICCHECK ?= v0.7.0

.PHONY: race
race: ## the race detector on the small packages (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -short . ./internal/ledger ./internal/store ./internal/words ./config ./alert/...

.PHONY: eval
eval: ## score the judge on the held-back passages, and on the labelled rows in EARSHOT_DATA if set
	$(GO) run ./cmd/earshot-train eval --all --passages classify/train/passages/heldback
	@if [ -n "$$EARSHOT_DATA" ]; then $(GO) run ./cmd/earshot-train eval --data "$$EARSHOT_DATA"; fi

.PHONY: kill9
kill9: ## Q8: kill -9 at random points, nothing lost and nothing told twice (KILLS=5)
	KILLS=$(or $(KILLS),5) $(GO) test -count=1 -v -run TestQ8Kill9 ./cmd/earshot | grep -E '^(Q8|---|FAIL|ok)'

.PHONY: ssrf robots polite feeds dates articles blowup bombs churn
ssrf: ## Q7: no private address is reached, whatever the trick
	@$(GO) test -count=1 -v -run TestQ7 ./crawler | grep -E '_test.go:|FAIL|^ok'
robots: ## Q15: robots.txt by RFC 9309
	@$(GO) test -count=1 -v -run TestQ15 ./crawler | grep -E '_test.go:|FAIL|^ok'
polite: ## Q14: back-off, Retry-After, moved and gone sources
	@$(GO) test -count=1 -v -run TestQ14 ./crawler | grep -E '_test.go:|FAIL|^ok'
feeds: ## Q2: feeds as found in the wild
	@$(GO) test -count=1 -v -run TestQ2 ./crawler | grep -E '_test.go:|FAIL|^ok'
dates: ## Q3: dates in seven languages
	@$(GO) test -count=1 -v -run TestQ3 ./crawler | grep -E '_test.go:|FAIL|^ok'
articles: ## Q4: article text and readers' comments
	@$(GO) test -count=1 -v -run TestQ4 ./crawler | grep -E '_test.go:|FAIL|^ok'
blowup: ## Q5: time grows in step with the input
	@$(GO) test -count=1 -v -run TestQ5 ./crawler | grep -E '_test.go:|FAIL|^ok'
bombs: ## Q6: bombs are cut at the limit
	@$(GO) test -count=1 -v -run TestQ6 ./crawler | grep -E '_test.go:|FAIL|^ok'
churn: ## Q11: feeds that rename their entries repeat nothing
	@$(GO) test -count=1 -v -run TestQ11 ./crawler | grep -E '_test.go:|FAIL|^ok'

.PHONY: latency
latency: ## from the fetch to the alert, at five posts a second, in real time
	@LATENCY_SECONDS=20 $(GO) test -count=1 -v -run TestLatency ./internal/daemon | grep -E '_test.go:|FAIL|^ok'

.PHONY: outage
outage: ## Q9: six hours without Slack (Q9_SEED=1): nothing lost, told calmly afterwards
	@Q9_HOURS=6 $(GO) test -count=1 -v -run TestQ9 ./internal/daemon | grep -E '_test.go:|FAIL|^ok'

.PHONY: config
config: ## Q20: broken configs, each with its exact report
	@$(GO) test -count=1 -v -run TestQ20 ./config | grep -E 'Q20|FAIL|^ok'

.PHONY: spike silence
spike: ## Q10: 10,000 complaints in five virtual minutes, all stored, told in a handful of messages; 100 at once told within a minute
	@SPIKE_POSTS=$(or $(SPIKE_POSTS),10000) $(GO) test -count=1 -v -run 'TestQ10|TestASpike|TestAHundred' ./internal/daemon | grep -E '^Q10|_test.go:|FAIL|^ok'
silence: ## seven faults each named by its first stage, no alarm on a quiet weekend
	@$(GO) test -count=1 -v -run TestSilence ./internal/daemon | grep -E '^silence|_test.go:|FAIL|^ok'

.PHONY: season
season: ## a simulated season in four languages; SEASON_POSTS=500 SEASON_SEED=2 (even: the second world) SEASON_MISSES=1 for more
	$(GO) test -count=1 -run '^TestSeason$$' -v ./internal/daemon | grep -vE '^=== '

.PHONY: clock
clock: ## Q13: nobody is called late too early: clocks that leap, summer time, leap day, wild dates
	@$(GO) test -count=1 -v -run TestQ13 ./internal/daemon | grep -E '^Q13|_test.go:|FAIL'

.PHONY: secrets metrics web output
secrets: ## Q18: planted secrets appear nowhere
	@$(GO) test -count=1 -v -run TestQ18 ./internal/daemon ./config ./alert/... | grep -E 'Q18|FAIL|^ok'
metrics: ## Q19: a bounded number of series, promlint clean
	@$(GO) test -count=1 -v -run TestQ19 ./internal/daemon | grep -E 'Q19|FAIL|^ok'
web: ## Q17: every route asks who it is, and carries the headers
	@$(GO) test -count=1 -v -run TestQ17 ./internal/web | grep -E '^Q17|_test.go:|FAIL'
output: ## Q16: untrusted text is inert in HTML, Slack, CSV, headers and logs
	@$(GO) test -count=1 -v -run TestQ16 ./internal/web ./alert/... | grep -E 'Q16|FAIL|^ok'

.PHONY: browser
browser: ## walk every page in headless Chromium: light, dark, phone; axe-core; pictures in bin/browser
	@bash .ci/browser

.PHONY: bench-web
bench-web: ## every page's server time over 1,000,000 mentions (BENCH_WEB=1000000; the store is made once, in the temp dir)
	@EARSHOT_SCALE=$(or $(BENCH_WEB),1000000) $(GO) test -count=1 -timeout 60m -v -run TestBenchWeb ./internal/web | grep -vE '^(===|---|PASS|ok)'

.PHONY: cards
cards: ## every notifier against the one conformance suite
	$(GO) test -count=1 ./alert/...

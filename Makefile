# Thin lines; what they do is in scripts/.
.PHONY: run test test-engines lint bench ui-dev

run:      ## build what is stale and serve the shipped mesh, with a private PostgreSQL in .zonecut
	@scripts/run

test:     ## everything CI checks
	@scripts/test

test-engines: ## what real query engines serve; fetches them (0.8 GB) the first time
	@scripts/test-engines

lint:     ## formatting and lints, without tests
	@scripts/lint

bench:    ## the figures of docs/performance.md
	@scripts/bench

ui-dev:   ## the admin UI with hot reload, against a server started by `make run`
	@scripts/build-web --dependencies && npm --prefix web run dev

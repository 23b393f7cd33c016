# Two targets do everything: `make run` and `make test`. Each line calls a script that can be read on its own.
.PHONY: help run dev test check e2e release prepare lighthouse bench-relevance bench-scale bench-import bench-render bench-sign-in bench-checkout bench-shop-import bench-orders
.DEFAULT_GOAL := help

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Set up what is missing, build, fill demo data, serve
	@scripts/setup.sh
	@scripts/build.sh
	@scripts/serve.sh

dev: ## Serve, and rebuild whenever a file is saved
	@scripts/setup.sh
	@scripts/dev.sh

test: ## Everything CI checks: style, lints, unit and database tests, size budget, browser journeys
	@scripts/setup.sh browser
	@scripts/check.sh but-server
	@scripts/test.sh
	@scripts/build.sh
	@scripts/size-budget.sh
	@scripts/e2e.sh

check: ## Formatting and lints (a minute); run it before each commit
	@scripts/setup.sh
	@scripts/check.sh

e2e: ## The browser journeys alone; ARGS="tests/house.spec.ts" picks some
	@scripts/setup.sh browser
	@scripts/build.sh
	@scripts/e2e.sh $(ARGS)

release: ## One folder to deploy: dist/ with the binary, the site and Leptos.toml
	@scripts/setup.sh
	@scripts/build.sh
	@scripts/release.sh

prepare: ## Refresh .sqlx after changing a query or a migration
	@scripts/setup.sh psql
	@scripts/prepare.sh

lighthouse: ## Lighthouse's four scores of the shopper's pages (ten minutes); RUNS=1 ONLY=product,phone picks
	@scripts/setup.sh browser
	@scripts/build.sh
	@scripts/lighthouse.sh

bench-relevance: ## Search quality beside PostgreSQL's trigrams and full text; FILE=listings.csv
	@scripts/setup.sh
	@scripts/bench.sh relevance $(FILE)

bench-scale: ## Search speed and rebuild rate; N=1000000 products
	@scripts/setup.sh
	@scripts/bench.sh scale $(N)

bench-import: ## How fast listings come in; N=100000 rows, FILE=listings.csv REVIEWS=reviews.csv mix in given ones
	@scripts/setup.sh
	@scripts/bench.sh import $(or $(N),100000) $(FILE) $(REVIEWS)

bench-render: ## Product pages rendered per second beside a bare handler of the same bytes
	@scripts/setup.sh bench
	@scripts/build.sh
	@scripts/bench.sh render

bench-sign-in: ## How long pages take while fifty people sign in at a time, beside how long they take alone
	@scripts/setup.sh bench
	@scripts/build.sh
	@scripts/bench.sh sign-in

bench-checkout: ## Guests' checkouts per second through the API, beside what pgbench reaches with the same writes
	@scripts/setup.sh pgbench
	@scripts/build.sh
	@scripts/bench.sh checkout

bench-shop-import: ## How fast a shop's own file comes in, and how long product pages take meanwhile; N=100000 rows
	@scripts/setup.sh bench
	@scripts/build.sh
	@scripts/bench.sh shop-import $(or $(N),100000)

bench-orders: ## How long lists take with a million orders beside a thousand (half an hour); FEW=1000 MANY=1000000
	@scripts/setup.sh
	@scripts/bench.sh orders $(or $(FEW),1000) $(or $(MANY),1000000)

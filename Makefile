# 商衡 Shangheng. The logic is in scripts/; `make help` lists what there is.

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench messages bundle clean
export SERVE RESET PORT

help:  ## 列出各命令 list the commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

demo:  ## 样本年度、工作总结与网页 sample year, work summary, web pages  [SERVE=0] [RESET=1] [PORT=8000]
	@scripts/demo

test:  ## 全部检查与测试(SQLite 与 PostgreSQL) every check, every test, on both databases where one is touched
	@scripts/test

check:  ## 快速检查 linters, types, layering, house tests
	@scripts/check

format:  ## 整理格式 put code and templates in form
	@scripts/format

bench:  ## 性能测试 benchmarks, each against its peers
	@scripts/bench

messages:  ## 收集与编译译文 collect and compile translations
	@scripts/messages

bundle:  ## 离线安装包 everything for a machine without a network, in one file
	@scripts/bundle

clean:  ## 删除环境与缓存(数据保留在 var/) remove environment and caches; the data in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

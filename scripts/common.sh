# Sourced by the other scripts: where we are, and how we speak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset PYTHONDONTWRITEBYTECODE  # each process would compile some three thousand files once more

say() { printf '\n▸ %s\n' "$*"; }
fail() { printf '\n' >&2; printf '✗ %s\n' "$@" >&2; exit 1; }

# Run a command as root: as ourselves, through sudo when it asks for no password, or not at all.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

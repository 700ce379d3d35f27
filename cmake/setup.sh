# Set-up shared by ./hotjit and tests/run (POSIX sh, sourced): packages and builds. Speaks on stderr only.

HJ_BUILD_PACKAGES="ccache cmake g++ libcli11-dev libfmt-dev libgmp-dev libuv1-dev llvm-22-dev mold ninja-build pkg-config"
HJ_TEST_PACKAGES="libgtest-dev erlang-base erlang-dev erlang-src python3"

# hj_install_packages name...: installs those that are missing, or prints the line that would and exits with 2.
hj_install_packages() {
  missing=""
  for package in "$@"; do
    case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true) in
      *"ok installed") ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
      as_root="sudo"
    else
      echo "hotjit: packages are missing; install them with: sudo apt-get install -y$missing" >&2
      exit 2
    fi
  fi
  echo "hotjit: installing$missing" >&2
  if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
         $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >&2; then
    echo "hotjit: apt could not install them; this line would: sudo apt-get install -y$missing" >&2
    echo "hotjit: (llvm-22-dev is in Debian 12's security archive, which must be among apt's sources)" >&2
    exit 2
  fi
}

# hj_build root preset [target]: configures when needed (for everything always: packages of tests may be new), builds, and
# remembers when. Ends the script when the build fails.
hj_build() {
  build_root=$1
  preset=$2
  case $preset in
    release) build_dir="$build_root/build" ;;
    *) build_dir="$build_root/build-$preset" ;;
  esac
  mkdir -p "$build_dir"
  # Sources saved while the build runs must count as newer than it.
  touch "$build_dir/.building"
  # A subshell, so that its failure comes here.
  (
    if [ ! -e "$build_dir/build.ninja" ] || [ -z "${3:-}" ]; then
      cd "$build_root" && cmake --preset "$preset" || exit 2
    fi
    cmake --build "$build_dir" ${3:+--target "$3"} || exit 2
  ) >"$build_dir/build.log" 2>&1 || {
    grep -E 'error|Error|FAILED|hotjit:' "$build_dir/build.log" | head -n 40 >&2
    echo "hotjit: the build failed; all of it is in $build_dir/build.log" >&2
    exit 2
  }
  mv "$build_dir/.building" "$build_dir/.built"
}

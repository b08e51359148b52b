# Sourced by ./coffer and ./build. find_jdk sets and exports JAVA_HOME to a JDK 25 or newer: the one
# JAVA_HOME names if it is new enough, else the newest in the usual places, else it says what to do.

# Prints the feature release of the JDK in $1, or nothing if there is no JDK with a compiler.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the home of the javac on PATH, whatever links lead to it.
jdk_on_path() {
  compiler=$(command -v javac) || return 0
  compiler=$(readlink -f "$compiler") || return 0
  dirname "$(dirname "$compiler")"
}

find_jdk() {
  best=24
  found=
  for jdk in "${JAVA_HOME:-}" "$(jdk_on_path)" /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    [ -n "$jdk" ] || continue
    release=$(jdk_release "$jdk")
    [ -n "$release" ] || continue
    if [ "$jdk" = "${JAVA_HOME:-}" ] && [ "$release" -ge 25 ]; then
      found=$jdk
      break
    fi
    if [ "$release" -gt "$best" ]; then
      best=$release
      found=$jdk
    fi
  done
  if [ -z "$found" ]; then
    echo "coffer: needs a JDK 25 or newer and found none in JAVA_HOME, on PATH or in the usual places." >&2
    if [ -n "${JAVA_HOME:-}" ]; then
      echo "coffer: JAVA_HOME is $JAVA_HOME, which is no JDK or an older one." >&2
    fi
    echo "coffer: install one, for example temurin-25-jdk or openjdk-25-jdk, or set JAVA_HOME to it." >&2
    exit 1
  fi
  JAVA_HOME=$found
  export JAVA_HOME
}

# SPDX-License-Identifier: BSL-1.0
# Sourced by the run.sh scripts. `need PACKAGE...` installs those Debian packages that are not there yet. Where it
# cannot, it says what is missing and returns false: the tools may have come another way.
need() {
    local missing=() package as_root=()
    if ! command -v dpkg-query >/dev/null; then
        echo "Not a Debian system; the names of the packages needed there are: $*" >&2
        return 1
    fi
    for package; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        as_root=(sudo)
        # Without a terminal sudo cannot ask for the password.
        [[ -t 0 ]] || as_root=(sudo -n)
        if ! "${as_root[@]}" true 2>/dev/null; then
            echo "Missing, and only root can install: apt-get install ${missing[*]}" >&2
            return 1
        fi
    fi
    echo "Installing ${missing[*]}"
    # The lists of a fresh system are empty; those of an old one name versions that are gone.
    "${as_root[@]}" apt-get update -qq || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null && return 0
    echo "apt-get could not install: ${missing[*]}" >&2
    return 1
}

#!/bin/sh
# Installs Debian's rabbitmq-server without starting, stopping or enabling a broker of the system. Run it as root.
#
# While apt runs, a policy-rc.d forbids every start and stop (Debian policy 9.3.3); the one that was there is put back
# however this ends, and one left by a run that was killed is recognised by its mark.
set -eu

policy=${ALLIANCE_POLICY_RC_D:-/usr/sbin/policy-rc.d}
kept=$policy.before-alliance
mark='# put here by the alliance while it installs a package'

restore() {
    if [ -e "$kept" ]; then
        mv -f "$kept" "$policy"
    elif [ -e "$policy" ] && grep -qF "$mark" "$policy"; then
        rm -f "$policy"
    fi
}

restore
trap restore EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ -e "$policy" ]; then mv "$policy" "$kept"; fi
printf '#!/bin/sh\n%s\nexit 101\n' "$mark" > "$policy"
chmod 755 "$policy"

export DEBIAN_FRONTEND=noninteractive
install() { apt-get install --yes --no-install-recommends rabbitmq-server </dev/null; }
install || { apt-get update </dev/null; install; }
if [ -d /run/systemd/system ]; then systemctl disable --quiet rabbitmq-server epmd.service epmd.socket || true; fi

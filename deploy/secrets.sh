#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, each once: what is there already stays as it is.
set -eu
cd "$(dirname -- "$0")/secrets"
# The files themselves must be readable to the containers' users; on this machine the folder keeps others out.
chmod 700 .
umask 022
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [ -s "$1" ] || printf '%s\n' "$2" > "$1"; }
keep secret-key "$(random)$(random)"
keep database-password "$(random)"
keep database-url "postgresql://concord:$(cat database-password)@database:5432/concord"
keep redis.conf "requirepass $(random)"
keep broker-url "redis://:$(cut -d ' ' -f 2 redis.conf)@redis:6379/0"
keep odoo-database-password "$(random)"
keep odoo-admin-password "$(random)"
keep odoo-password "$(random)"
keep mail-password "$(random)"
keep mail-users "concord:$(openssl passwd -6 -stdin < mail-password | sed 's/.*/{SHA512-CRYPT}&::::::/')"
keep imap-url "imap://concord:$(cat mail-password)@mail:1143/INBOX?starttls=no"

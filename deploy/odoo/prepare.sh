#!/bin/bash
# Makes Odoo's database with the apps that Concord works with, and the two people in it. Does nothing a second time.
set -eu
/entrypoint.sh odoo --database odoo --init account,purchase,sale_management,stock,repair --without-demo all \
    --stop-after-init --no-http
/entrypoint.sh odoo shell --database odoo --no-http < /setup/people.py

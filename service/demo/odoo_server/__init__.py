"""A stand-in for Odoo 17 that speaks its JSON-RPC over demonstration books, so that no test or tour needs a real one.

http_edge   bytes in, bytes out            rpc        services and error shapes
access      who may do what                orm        search, read, create, write, unlink
domain      filters as trees (pure)        environment  a transaction seen by a user, its records
schema      what models and fields exist   store      rows in memory, durable in SQLite
models/     what Odoo does beyond storing: bills, orders, receipts, partners, messages
"""

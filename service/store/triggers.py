"""Triggers that keep the append-only tables append-only, whoever has the connection.

They are made anew after every migration, because rebuilding a table on SQLite drops its triggers silently.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect

APPEND_ONLY = ("audit_events", "audit_checkpoints", "audit_checkpoint_heads", "decisions")
_FORBIDDEN = ("UPDATE", "DELETE")
_FUNCTION = "concord_refuse_change"


def create_triggers(connection: Connection) -> None:
    """Make, or make again, the triggers of the append-only tables that exist."""
    existing = set(inspect(connection).get_table_names())
    tables = [table for table in APPEND_ONLY if table in existing]
    if connection.dialect.name == "sqlite":
        _create_on_sqlite(connection, tables)
    else:
        _create_on_postgresql(connection, tables)


def _create_on_sqlite(connection: Connection, tables: list[str]) -> None:
    for table in tables:
        for verb in _FORBIDDEN:
            name = _name(table, verb)
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _create_on_postgresql(connection: Connection, tables: list[str]) -> None:
    if not tables:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_FUNCTION}()")
        return
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', "
        "ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in tables:
        for verb in (*_FORBIDDEN, "TRUNCATE"):
            name, each = _name(table, verb), "STATEMENT" if verb == "TRUNCATE" else "ROW"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION {_FUNCTION}()"
            )


def _name(table: str, verb: str) -> str:
    return f"{table}_refuses_{verb.lower()}"

package io.edgewright.functions.embedded.store;

import java.util.List;

/// The tables of `service.db`. Instants are milliseconds since 1970, lists are JSON text.
final class Schema {
  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS compilations (
            id TEXT PRIMARY KEY, attempt INTEGER NOT NULL, name TEXT NOT NULL,
            model TEXT NOT NULL, manifest TEXT NOT NULL, compiler TEXT NOT NULL,
            state TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            problems TEXT NOT NULL) STRICT\
          """,
          """
          CREATE INDEX IF NOT EXISTS compilations_by_age
            ON compilations (created_at DESC, id DESC)\
          """,
          // The last attempt of a deleted compilation: a new one of the same id goes on after it.
          """
          CREATE TABLE IF NOT EXISTS past_attempts (
            id TEXT PRIMARY KEY, attempt INTEGER NOT NULL) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS targets (
            compilation TEXT NOT NULL REFERENCES compilations (id) ON DELETE CASCADE,
            target TEXT NOT NULL, position INTEGER NOT NULL, state TEXT NOT NULL,
            stage TEXT NOT NULL, percent INTEGER NOT NULL, problems TEXT NOT NULL,
            file_name TEXT, digest TEXT, bytes INTEGER, verified TEXT,
            PRIMARY KEY (compilation, target)) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS bundle_uses (
            digest TEXT NOT NULL,
            compilation TEXT NOT NULL REFERENCES compilations (id) ON DELETE CASCADE,
            PRIMARY KEY (digest, compilation)) STRICT\
          """,
          "CREATE INDEX IF NOT EXISTS bundle_users ON bundle_uses (compilation)",
          // Nobody uses them any more, and their objects are being deleted.
          "CREATE TABLE IF NOT EXISTS doomed_bundles (digest TEXT PRIMARY KEY) STRICT",
          """
          CREATE TABLE IF NOT EXISTS rollouts (
            group_name TEXT PRIMARY KEY, number INTEGER NOT NULL, compilation TEXT NOT NULL,
            previous TEXT, stages TEXT NOT NULL, most_failed_percent INTEGER NOT NULL,
            least_reports INTEGER NOT NULL, observation_millis INTEGER NOT NULL,
            phase TEXT NOT NULL, stage INTEGER NOT NULL, started_at INTEGER NOT NULL,
            since INTEGER NOT NULL, reason TEXT NOT NULL, revision INTEGER NOT NULL) STRICT\
          """,
          // What the canaries of a deployment reported last.
          """
          CREATE TABLE IF NOT EXISTS outcomes (
            group_name TEXT NOT NULL, deployment INTEGER NOT NULL, device TEXT NOT NULL,
            good INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (group_name, deployment, device)) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS claims (
            token TEXT PRIMARY KEY, group_name TEXT NOT NULL, expires_at INTEGER NOT NULL,
            used_by TEXT) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS devices (
            id TEXT PRIMARY KEY, key_id TEXT NOT NULL UNIQUE, group_name TEXT NOT NULL,
            target TEXT NOT NULL, features TEXT NOT NULL, name TEXT NOT NULL,
            enrolled_at INTEGER NOT NULL, revoked_at INTEGER) STRICT\
          """,
          "CREATE INDEX IF NOT EXISTS devices_by_age ON devices (enrolled_at DESC, id DESC)",
          "CREATE INDEX IF NOT EXISTS devices_by_group ON devices (group_name, enrolled_at DESC)",
          // Every key that a device ever had: the current one, and those that it replaced.
          """
          CREATE TABLE IF NOT EXISTS device_keys (
            id TEXT PRIMARY KEY, device TEXT NOT NULL REFERENCES devices (id),
            public_key TEXT NOT NULL, since INTEGER NOT NULL) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS reports (
            number INTEGER PRIMARY KEY, device TEXT NOT NULL REFERENCES devices (id),
            at INTEGER NOT NULL, body TEXT NOT NULL) STRICT\
          """,
          "CREATE INDEX IF NOT EXISTS reports_by_device ON reports (device, number DESC)",
          // Numbers are never used again: a cursor stays good whatever is deleted.
          """
          CREATE TABLE IF NOT EXISTS results (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            device TEXT NOT NULL REFERENCES devices (id), sequence INTEGER NOT NULL,
            kind TEXT NOT NULL, at INTEGER NOT NULL, model TEXT NOT NULL, bundle TEXT NOT NULL,
            content TEXT NOT NULL, received_at INTEGER NOT NULL,
            UNIQUE (device, sequence)) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS benchmarks (
            device TEXT NOT NULL REFERENCES devices (id), bundle TEXT NOT NULL,
            name TEXT NOT NULL, target TEXT NOT NULL, model TEXT NOT NULL,
            at INTEGER NOT NULL, content TEXT NOT NULL,
            PRIMARY KEY (device, bundle)) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS nonces (
            device TEXT NOT NULL, nonce TEXT NOT NULL, until INTEGER NOT NULL,
            PRIMARY KEY (device, nonce)) STRICT\
          """,
          "CREATE INDEX IF NOT EXISTS nonces_by_end ON nonces (until)",
          """
          CREATE TABLE IF NOT EXISTS idempotency (
            id TEXT PRIMARY KEY, request TEXT NOT NULL, taken_at INTEGER NOT NULL,
            until INTEGER NOT NULL, answer TEXT) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS uploads (
            model TEXT PRIMARY KEY, bytes INTEGER NOT NULL, parts TEXT NOT NULL,
            upload TEXT NOT NULL, started_at INTEGER NOT NULL) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS metadata (
            role TEXT NOT NULL, version INTEGER NOT NULL, expires INTEGER NOT NULL,
            json TEXT NOT NULL, PRIMARY KEY (role, version)) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS executions (
            name TEXT PRIMARY KEY, input TEXT NOT NULL, state TEXT NOT NULL,
            started_at INTEGER NOT NULL) STRICT\
          """,
          """
          CREATE TABLE IF NOT EXISTS journal (
            number INTEGER PRIMARY KEY, execution TEXT NOT NULL REFERENCES executions (name),
            frame TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, detail TEXT NOT NULL,
            at INTEGER NOT NULL) STRICT\
          """,
          "CREATE INDEX IF NOT EXISTS journal_by_frame ON journal (execution, frame, number)");

  private Schema() {}
}

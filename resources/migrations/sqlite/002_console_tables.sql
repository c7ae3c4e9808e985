-- The console's own tables: which migrations ran, and what production's log has no column for.
-- Statements are separated by empty lines. Released: this file is frozen.

CREATE TABLE "affinity_console_schema_version" ("version" integer NOT NULL PRIMARY KEY, "name" varchar(64) NOT NULL, "applied_at" datetime NOT NULL);

CREATE TABLE "affinity_console_log_note" ("log_id" integer NOT NULL PRIMARY KEY REFERENCES "userapp_affinitylog" ("id") DEFERRABLE INITIALLY DEFERRED, "operation_id" varchar(64) NOT NULL, "reason_code" varchar(32) NOT NULL, "ticket" varchar(64) NOT NULL, "drawn_change" integer NULL, "reverses_log_id" bigint NULL REFERENCES "userapp_affinitylog" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE UNIQUE INDEX "affinity_console_log_note_operation" ON "affinity_console_log_note" ("operation_id") WHERE "operation_id" <> '';

CREATE UNIQUE INDEX "affinity_console_log_note_reverses" ON "affinity_console_log_note" ("reverses_log_id") WHERE "reverses_log_id" IS NOT NULL;

CREATE TRIGGER "affinity_console_log_note_no_update" BEFORE UPDATE ON "affinity_console_log_note"
BEGIN
  SELECT RAISE(ABORT, 'affinity_console_log_note rows are never updated');
END;

CREATE TRIGGER "affinity_console_log_note_no_delete" BEFORE DELETE ON "affinity_console_log_note"
BEGIN
  SELECT RAISE(ABORT, 'affinity_console_log_note rows are never deleted');
END;

-- The console's own tables: which migrations ran, and what production's log has no column for. No foreign key leads to
-- the log: it would refuse the service's own deletes.
-- Statements are separated by empty lines. Released: this file is frozen.

CREATE TABLE affinity_console_schema_version (version integer NOT NULL PRIMARY KEY, name varchar(64) NOT NULL, applied_at timestamp with time zone NOT NULL);

CREATE TABLE affinity_console_log_note (log_id bigint NOT NULL PRIMARY KEY, operation_id varchar(64) NOT NULL, reason_code varchar(32) NOT NULL, ticket varchar(64) NOT NULL, drawn_change integer NULL, reverses_log_id bigint NULL);

CREATE UNIQUE INDEX affinity_console_log_note_operation ON affinity_console_log_note (operation_id) WHERE operation_id <> '';

CREATE UNIQUE INDEX affinity_console_log_note_reverses ON affinity_console_log_note (reverses_log_id) WHERE reverses_log_id IS NOT NULL;

CREATE FUNCTION affinity_console_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER affinity_console_log_note_no_change BEFORE UPDATE OR DELETE ON affinity_console_log_note FOR EACH ROW EXECUTE FUNCTION affinity_console_refuse_change();

CREATE TRIGGER affinity_console_log_note_no_truncate BEFORE TRUNCATE ON affinity_console_log_note FOR EACH STATEMENT EXECUTE FUNCTION affinity_console_refuse_change();

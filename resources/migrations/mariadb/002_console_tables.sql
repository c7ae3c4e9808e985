-- The console's own tables: which migrations ran, and what production's log has no column for. No foreign key leads to
-- the log: it would refuse the service's own deletes. MariaDB ends a transaction at each of these statements, so each
-- can be run again after a migration that broke off.
-- Statements are separated by empty lines. Released: this file is frozen.

CREATE TABLE IF NOT EXISTS affinity_console_schema_version (version integer NOT NULL PRIMARY KEY, name varchar(64) NOT NULL, applied_at datetime(6) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS affinity_console_log_note (log_id bigint NOT NULL PRIMARY KEY, operation_id varchar(64) NOT NULL, operation_key varchar(64) AS (nullif(operation_id, '')) VIRTUAL, reason_code varchar(32) NOT NULL, ticket varchar(64) NOT NULL, drawn_change integer NULL, reverses_log_id bigint NULL, UNIQUE KEY affinity_console_log_note_operation (operation_key), UNIQUE KEY affinity_console_log_note_reverses (reverses_log_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TRIGGER IF NOT EXISTS affinity_console_log_note_no_update BEFORE UPDATE ON affinity_console_log_note FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'affinity_console_log_note rows are never updated';

CREATE TRIGGER IF NOT EXISTS affinity_console_log_note_no_delete BEFORE DELETE ON affinity_console_log_note FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'affinity_console_log_note rows are never deleted';

-- What is still to be sent for a committed change, written in its transaction: confirms for the counters and pushes for
-- the user's clients (gone once they are sent), rewards for the connector (kept: the ledger), and who sends them. Each
-- statement can be run again after a migration that broke off.
-- Statements are separated by empty lines. Released: this file is frozen.

CREATE TABLE IF NOT EXISTS affinity_console_outbox (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, kind varchar(8) NOT NULL CHECK (kind IN ('confirm', 'push')), log_id bigint NOT NULL, device_id bigint NOT NULL, user_id bigint NOT NULL, payload longtext NOT NULL, created_at datetime(6) NOT NULL, claimed_at datetime(6) NULL, UNIQUE KEY affinity_console_outbox_log (log_id, kind), KEY affinity_console_outbox_kind (kind, id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS affinity_console_reward_delivery (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, device_id bigint NOT NULL, level integer NOT NULL, log_id bigint NOT NULL, user_id bigint NOT NULL, name varchar(64) NOT NULL, rewards longtext NOT NULL, state varchar(16) NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')), connector varchar(16) NOT NULL, attempts integer NOT NULL, created_at datetime(6) NOT NULL, next_attempt_at datetime(6) NULL, delivered_at datetime(6) NULL, last_error longtext NOT NULL, UNIQUE KEY affinity_console_reward_delivery_level (device_id, level), KEY affinity_console_reward_delivery_due (state, next_attempt_at)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS affinity_console_relay_lease (id smallint NOT NULL PRIMARY KEY CHECK (id = 1), holder varchar(64) NOT NULL, lease_until datetime(6) NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO affinity_console_relay_lease (id, holder, lease_until) VALUES (1, '', '2000-01-01 00:00:00');

CREATE TRIGGER IF NOT EXISTS affinity_console_reward_delivery_no_delete BEFORE DELETE ON affinity_console_reward_delivery FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'affinity_console_reward_delivery rows are never deleted';

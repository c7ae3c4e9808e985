-- What is still to be sent for a committed change, written in its transaction: confirms for the counters and pushes for
-- the user's clients (gone once they are sent), rewards for the connector (kept: the ledger), and who sends them.
-- Statements are separated by empty lines. Released: this file is frozen.

CREATE TABLE affinity_console_outbox (id bigserial PRIMARY KEY, kind varchar(8) NOT NULL CHECK (kind IN ('confirm', 'push')), log_id bigint NOT NULL, device_id bigint NOT NULL, user_id bigint NOT NULL, payload text NOT NULL, created_at timestamp with time zone NOT NULL, claimed_at timestamp with time zone NULL);

CREATE UNIQUE INDEX affinity_console_outbox_log ON affinity_console_outbox (log_id, kind);

CREATE INDEX affinity_console_outbox_kind ON affinity_console_outbox (kind, id);

CREATE TABLE affinity_console_reward_delivery (id bigserial PRIMARY KEY, device_id bigint NOT NULL, level integer NOT NULL, log_id bigint NOT NULL, user_id bigint NOT NULL, name varchar(64) NOT NULL, rewards text NOT NULL, state varchar(16) NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')), connector varchar(16) NOT NULL, attempts integer NOT NULL, created_at timestamp with time zone NOT NULL, next_attempt_at timestamp with time zone NULL, delivered_at timestamp with time zone NULL, last_error text NOT NULL);

CREATE UNIQUE INDEX affinity_console_reward_delivery_level ON affinity_console_reward_delivery (device_id, level);

CREATE INDEX affinity_console_reward_delivery_due ON affinity_console_reward_delivery (state, next_attempt_at);

CREATE TABLE affinity_console_relay_lease (id smallint NOT NULL PRIMARY KEY CHECK (id = 1), holder varchar(64) NOT NULL, lease_until timestamp with time zone NOT NULL);

INSERT INTO affinity_console_relay_lease (id, holder, lease_until) VALUES (1, '', '2000-01-01 00:00:00+00');

CREATE TRIGGER affinity_console_reward_delivery_no_delete BEFORE DELETE ON affinity_console_reward_delivery FOR EACH ROW EXECUTE FUNCTION affinity_console_refuse_change();

CREATE TRIGGER affinity_console_reward_delivery_no_truncate BEFORE TRUNCATE ON affinity_console_reward_delivery FOR EACH STATEMENT EXECUTE FUNCTION affinity_console_refuse_change();

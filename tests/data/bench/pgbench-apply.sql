-- The statements of one applied event for pgbench (-M prepared), on a database loaded from django-postgresql.sql plus
-- pgbench-setup.sql. Lock and check are separate statements on purpose.
\set d random(100001, 110000)
BEGIN;
SELECT pg_advisory_xact_lock(hashtextextended('event-' || :d || random(), 0));
SELECT id FROM device_interaction_userdevice WHERE id = :d AND unbound_at IS NULL FOR UPDATE;
SELECT d.favorability, d.affinity_level, r.id, r.updated_at, s.max_affinity, clock_timestamp(),
       (SELECT count(*) FROM userapp_affinitylog e WHERE e.event_id = 'event-' || :d AND e.created_at > now() - interval '60 s'),
       (SELECT coalesce(sum(abs(change_value)) FILTER (WHERE l.rule_id = r.id), 0) FROM userapp_affinitylog l WHERE l.device_id = d.id AND l.created_at >= current_date),
       (SELECT coalesce(sum(change_value) FILTER (WHERE change_value > 0 AND rule_key <> 'admin'), 0) FROM userapp_affinitylog l WHERE l.device_id = d.id AND l.created_at >= current_date)
  FROM device_interaction_userdevice d, userapp_affinityrule r, userapp_affinitysetting s
 WHERE d.id = :d AND r.rule_key = 'bench_up' AND NOT r.is_deleted AND s.id = 1;
WITH l AS (INSERT INTO userapp_affinitylog (user_id, device_id, rule_id, rule_key, change_value, before_value, after_value, source, event_id, operator_admin_id, reason, metadata, created_at)
             VALUES (:d, :d, 12, 'bench_up', 1, 0, 1, 'device_event', 'event-' || :d || clock_timestamp(), NULL, '', '{}', clock_timestamp()) RETURNING id),
     u AS (UPDATE device_interaction_userdevice SET favorability = favorability + 1, last_active_at = clock_timestamp() WHERE id = :d),
     c AS (INSERT INTO userapp_useraffinitydailycounter (device_id, rule_id, date, accumulated_change, trigger_count) VALUES (:d, 12, current_date, 1, 1)
             ON CONFLICT (device_id, rule_id, date) DO UPDATE SET accumulated_change = userapp_useraffinitydailycounter.accumulated_change + 1, trigger_count = userapp_useraffinitydailycounter.trigger_count + 1)
SELECT id FROM l;
COMMIT;

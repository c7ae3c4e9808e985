-- 10,000 bound devices with ids 100001..110000 for pgbench-apply.sql.
INSERT INTO userapp_paradiseuser (id, username, nickname, is_active, created_at) SELECT g, 'bench' || g, '', true, now() FROM generate_series(100001, 110000) g;
INSERT INTO device_interaction_userdevice (id, user_id, device_serial, nickname, favorability, affinity_level, bound_at)
  SELECT g, g, 'BENCH-' || g, '', 0, 1, now() FROM generate_series(100001, 110000) g;
ANALYZE;

-- Roles with no more rights than their work needs: affinity_viewer looks, affinity_support adjusts through one function,
-- affinity_designer edits rules besides, affinity_engine is a service that applies events. Nobody of them changes or
-- deletes a row of the log. They are groups that cannot sign in; a person's own login, named as the account in Django's
-- admin, gets one of them: GRANT affinity_support TO alice. Running this again leaves the same.
-- Statements are separated by empty lines. One below a line "-- needs TABLE" is left out where the table is not there.

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['affinity_viewer', 'affinity_support', 'affinity_designer', 'affinity_engine'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = wanted) THEN
      EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', wanted);
    END IF;
  END LOOP;
END
$$;

GRANT affinity_viewer TO affinity_support;

GRANT affinity_support TO affinity_designer;

GRANT affinity_viewer TO affinity_engine;

-- From nothing, so that a right which an earlier version gave does not stay.
DO $$
DECLARE
  relation record;
BEGIN
  FOR relation IN
    SELECT c.oid::pg_catalog.regclass AS name, c.relname LIKE 'affinity\_console\_%' AS is_ours
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = '{{schema}}'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p', 'S')
      AND (c.relname LIKE 'affinity\_console\_%' OR c.relname LIKE 'userapp\_affinity%'
        OR c.relname LIKE 'userapp\_useraffinitydailycounter%' OR c.relname LIKE 'userapp\_userlevelrewardgrant%'
        OR c.relname LIKE 'userapp\_paradiseuser%' OR c.relname LIKE 'device\_interaction\_userdevice%'
        OR c.relname LIKE 'django\_admin\_log%' OR c.relname = 'django_content_type'
        OR c.relname IN ('auth_user', 'auth_group', 'auth_user_groups'))
  LOOP
    EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM affinity_viewer, affinity_support, affinity_designer, '
                              'affinity_engine', relation.name);
    IF relation.is_ours THEN
      EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM PUBLIC', relation.name);
    END IF;
  END LOOP;
  IF NOT pg_catalog.has_schema_privilege('affinity_viewer', '{{schema}}'::pg_catalog.regnamespace::oid, 'USAGE') THEN
    GRANT USAGE ON SCHEMA {{schema}} TO affinity_viewer;
  END IF;
END
$$;

GRANT SELECT ON {{schema}}.userapp_paradiseuser, {{schema}}.device_interaction_userdevice, {{schema}}.userapp_affinitysetting, {{schema}}.userapp_affinityrule, {{schema}}.userapp_affinitylevel, {{schema}}.userapp_affinitylog, {{schema}}.userapp_useraffinitydailycounter, {{schema}}.userapp_userlevelrewardgrant, {{schema}}.affinity_console_schema_version, {{schema}}.affinity_console_log_note TO affinity_viewer;

-- Who is who, without the password.
GRANT SELECT (id, username, is_active, is_staff, is_superuser) ON {{schema}}.auth_user TO affinity_viewer;

-- needs affinity_console_outbox
GRANT SELECT ON {{schema}}.affinity_console_outbox, {{schema}}.affinity_console_reward_delivery, {{schema}}.affinity_console_relay_lease TO affinity_viewer;

GRANT UPDATE ON {{schema}}.userapp_affinityrule, {{schema}}.userapp_affinitysetting, {{schema}}.userapp_affinitylevel TO affinity_designer;

GRANT INSERT ON {{schema}}.userapp_affinityrule, {{schema}}.userapp_affinitysetting, {{schema}}.userapp_affinitylevel TO affinity_designer;

-- needs django_admin_log
GRANT SELECT, INSERT ON {{schema}}.django_admin_log TO affinity_designer;

-- needs django_content_type
GRANT SELECT ON {{schema}}.django_content_type TO affinity_designer;

-- needs affinity_console_outbox
GRANT UPDATE (state, attempts, next_attempt_at) ON {{schema}}.affinity_console_reward_delivery TO affinity_designer;

GRANT UPDATE (favorability, affinity_level, last_active_at) ON {{schema}}.device_interaction_userdevice TO affinity_engine;

GRANT INSERT ON {{schema}}.userapp_affinitylog, {{schema}}.userapp_userlevelrewardgrant, {{schema}}.affinity_console_log_note TO affinity_engine;

GRANT INSERT, UPDATE ON {{schema}}.userapp_useraffinitydailycounter TO affinity_engine;

-- needs affinity_console_outbox
GRANT INSERT, UPDATE, DELETE ON {{schema}}.affinity_console_outbox TO affinity_engine;

-- needs affinity_console_outbox
GRANT INSERT, UPDATE ON {{schema}}.affinity_console_reward_delivery TO affinity_engine;

-- needs affinity_console_outbox
GRANT UPDATE ON {{schema}}.affinity_console_relay_lease TO affinity_engine;

-- Ids of rows that are inserted. A table may number them by an identity, which needs no right.
DO $$
DECLARE
  numbered record;
  sequence text;
BEGIN
  FOR numbered IN
    SELECT t.name, t.role FROM (VALUES
      ('userapp_affinityrule', 'affinity_designer'), ('userapp_affinitysetting', 'affinity_designer'),
      ('userapp_affinitylevel', 'affinity_designer'), ('django_admin_log', 'affinity_designer'),
      ('userapp_affinitylog', 'affinity_engine'), ('userapp_useraffinitydailycounter', 'affinity_engine'),
      ('userapp_userlevelrewardgrant', 'affinity_engine'), ('affinity_console_outbox', 'affinity_engine'),
      ('affinity_console_reward_delivery', 'affinity_engine')) AS t (name, role)
    WHERE pg_catalog.to_regclass('{{schema}}.' || t.name) IS NOT NULL
  LOOP
    sequence := pg_catalog.pg_get_serial_sequence('{{schema}}.' || numbered.name, 'id');
    IF sequence IS NOT NULL THEN
      EXECUTE pg_catalog.format('GRANT USAGE ON SEQUENCE %s TO %I', sequence, numbered.role);
    END IF;
  END LOOP;
END
$$;

-- The account in Django's admin of whoever is signed in to the database, password hash included; nobody else's.
CREATE OR REPLACE FUNCTION {{schema}}.affinity_console_operator(asked text)
RETURNS TABLE (id bigint, username text, is_active boolean, is_staff boolean, is_superuser boolean, is_designer boolean, password text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF asked IS DISTINCT FROM session_user::text THEN
    RAISE EXCEPTION 'the database user % may sign in as itself only, not as %', session_user, asked
      USING ERRCODE = 'ZA002';
  END IF;
  RETURN QUERY SELECT o.id::bigint, o.username::text, o.is_active, o.is_staff, o.is_superuser,
      o.is_superuser OR EXISTS (SELECT FROM {{schema}}.auth_user_groups m JOIN {{schema}}.auth_group g ON g.id = m.group_id
        WHERE m.user_id = o.id AND g.name = 'affinity_designers'), o.password::text
    FROM {{schema}}.auth_user o WHERE o.username = asked;
END
$$;

-- Locks a binding until the transaction ends. The function's own statement waits; later statements of the transaction
-- see what was committed meanwhile.
CREATE OR REPLACE FUNCTION {{schema}}.affinity_console_lock_device(locked_id bigint)
RETURNS TABLE (id bigint, user_id bigint, device_serial text, nickname text, favorability integer, affinity_level integer, last_active_at timestamp with time zone, bound_at timestamp with time zone, unbound_at timestamp with time zone)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.id, d.user_id, d.device_serial::text, d.nickname::text, d.favorability, d.affinity_level, d.last_active_at,
      d.bound_at, d.unbound_at
    FROM {{schema}}.device_interaction_userdevice d WHERE d.id = locked_id FOR UPDATE
$$;

-- What is to be sent for an adjustment that this transaction wrote. Ids and time are the log row's; a reward is that of
-- a level which this adjustment granted.
CREATE OR REPLACE FUNCTION {{schema}}.affinity_console_write_outbox(written bigint, entries jsonb)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  change record;
  entry jsonb;
BEGIN
  SELECT l.id, l.device_id, l.user_id, l.created_at INTO change
    FROM {{schema}}.userapp_affinitylog l JOIN {{schema}}.auth_user o ON o.id = l.operator_admin_id
    WHERE l.id = written AND l.rule_id IS NULL AND o.username = session_user::text
      AND l.xmin = pg_current_xact_id()::xid;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'log row % is no adjustment of this transaction', written USING ERRCODE = 'ZA003';
  END IF;
  FOR entry IN SELECT e.value FROM jsonb_array_elements(coalesce(entries -> 'outbox', '[]'::jsonb)) AS e LOOP
    IF entry ->> 'kind' IS DISTINCT FROM 'push' OR (entry ->> 'payload')::jsonb IS NULL THEN
      RAISE EXCEPTION 'an adjustment leaves pushes to be sent, not %', coalesce(entry ->> 'kind', 'nothing')
        USING ERRCODE = 'ZA003';
    END IF;
    INSERT INTO {{schema}}.affinity_console_outbox (kind, log_id, device_id, user_id, payload, created_at)
      VALUES ('push', change.id, change.device_id, change.user_id, entry ->> 'payload', change.created_at);
  END LOOP;
  FOR entry IN SELECT e.value FROM jsonb_array_elements(coalesce(entries -> 'deliveries', '[]'::jsonb)) AS e LOOP
    IF NOT EXISTS (SELECT FROM {{schema}}.userapp_userlevelrewardgrant g
        JOIN {{schema}}.userapp_affinitylevel v ON v.level = g.level
        WHERE g.device_id = change.device_id AND g.level = (entry ->> 'level')::integer
          AND g.granted_at = change.created_at AND v.name = entry ->> 'name'
          AND v.rewards = (entry ->> 'rewards')::jsonb) THEN
      RAISE EXCEPTION 'the rewards of level % were not granted by this adjustment', entry ->> 'level'
        USING ERRCODE = 'ZA011';
    END IF;
    IF coalesce(entry ->> 'state', '') NOT IN ('waiting', 'delivered') THEN
      RAISE EXCEPTION 'a new delivery waits or was made, it is not %', coalesce(entry ->> 'state', 'nothing')
        USING ERRCODE = 'ZA003';
    END IF;
    INSERT INTO {{schema}}.affinity_console_reward_delivery (device_id, level, log_id, user_id, name, rewards, state,
        connector, attempts, created_at, next_attempt_at, delivered_at, last_error)
      VALUES (change.device_id, (entry ->> 'level')::integer, change.id, change.user_id, entry ->> 'name',
        entry ->> 'rewards', entry ->> 'state', coalesce(entry ->> 'connector', ''),
        coalesce((entry ->> 'attempts')::integer, 0), change.created_at,
        (entry ->> 'next_attempt_at')::timestamp AT TIME ZONE 'UTC',
        (entry ->> 'delivered_at')::timestamp AT TIME ZONE 'UTC', coalesce(entry ->> 'last_error', ''))
      ON CONFLICT (device_id, level) DO NOTHING;
  END LOOP;
END
$$;

-- Writes an adjustment that was decided already, in one piece, after checking what needs no rules: who, how much, of
-- what, and that it happens once. Members of `decided`: device_id, user_id, operator_id, rule_key, source, change,
-- before, after, reason, metadata, created_at (UTC), refreshes_activity, new_level (absent: stays), note {operation_id,
-- reason_code, ticket, reverses_log_id}, grants [{level, rewards}], outbox and deliveries as above. Answers {log_id,
-- grants: [{level, outcome, error}]}.
CREATE OR REPLACE FUNCTION {{schema}}.affinity_console_commit_adjustment(decided jsonb)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  asked_device constant bigint := (decided ->> 'device_id')::bigint;
  asked_user constant bigint := (decided ->> 'user_id')::bigint;
  asked_change constant bigint := (decided ->> 'change')::bigint;
  asked_before constant bigint := (decided ->> 'before')::bigint;
  asked_after constant bigint := (decided ->> 'after')::bigint;
  asked_at constant timestamp with time zone := (decided ->> 'created_at')::timestamp AT TIME ZONE 'UTC';
  asked_level constant integer := (decided ->> 'new_level')::integer;
  operation constant text := coalesce(decided -> 'note' ->> 'operation_id', '');
  reversed constant bigint := (decided -> 'note' ->> 'reverses_log_id')::bigint;
  person integer;
  stored record;
  setting record;
  points bigint;
  points_of_device bigint;
  points_of_day bigint;
  written bigint;
  wanted record;
  rows_written bigint;
  granted jsonb := '[]';
BEGIN
  -- In another level the sums below would not see what another session of this person committed meanwhile.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'the transaction is %', current_setting('transaction_isolation') USING ERRCODE = 'ZA012';
  END IF;
  SELECT o.id INTO person FROM {{schema}}.auth_user o
    WHERE o.username = session_user::text AND o.is_active AND o.is_staff;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the database user % is no active member of staff', session_user USING ERRCODE = 'ZA001';
  END IF;
  IF (decided ->> 'operator_id')::bigint IS DISTINCT FROM person THEN
    RAISE EXCEPTION 'the database user % is operator %, and the row names %', session_user, person,
      coalesce(decided ->> 'operator_id', 'nobody') USING ERRCODE = 'ZA002';
  END IF;
  IF asked_device IS NULL OR asked_user IS NULL OR asked_change IS NULL OR asked_before IS NULL
      OR asked_after IS NULL OR asked_at IS NULL OR (decided ->> 'refreshes_activity')::boolean IS NULL THEN
    RAISE EXCEPTION 'a member of the row is missing' USING ERRCODE = 'ZA003';
  END IF;
  IF coalesce(decided ->> 'source', '') NOT IN ('admin_adjust_single', 'admin_adjust_batch')
      OR decided ->> 'rule_key' IS DISTINCT FROM 'admin' OR decided ->> 'rule_id' IS NOT NULL
      OR coalesce(decided ->> 'event_id', '') <> ''
      OR jsonb_typeof(decided -> 'metadata' -> 'requested_delta') IS DISTINCT FROM 'number'
      OR decided -> 'metadata' -> 'operation_id' IS NOT NULL
      OR decided -> 'metadata' -> 'reverses_log_id' IS NOT NULL THEN
    RAISE EXCEPTION 'it has a rule, an event id, another source, no requested change or ids in its metadata'
      USING ERRCODE = 'ZA003';
  END IF;
  IF btrim(coalesce(decided ->> 'reason', '')) = '' THEN
    RAISE EXCEPTION 'the reason is empty' USING ERRCODE = 'ZA004';
  END IF;
  IF coalesce(decided -> 'note' ->> 'reason_code', '') NOT IN ({{reason_codes}}) THEN
    RAISE EXCEPTION 'the reason code % is not known', coalesce(decided -> 'note' ->> 'reason_code', 'none')
      USING ERRCODE = 'ZA004';
  END IF;
  IF operation = '' THEN
    RAISE EXCEPTION 'the operation id is empty' USING ERRCODE = 'ZA005';
  END IF;
  SELECT d.user_id, d.favorability, d.affinity_level, d.unbound_at INTO stored
    FROM {{schema}}.device_interaction_userdevice d WHERE d.id = asked_device FOR UPDATE;
  IF NOT FOUND OR stored.unbound_at IS NOT NULL OR stored.user_id <> asked_user THEN
    RAISE EXCEPTION 'binding % of user % is not there or was ended', asked_device, asked_user USING ERRCODE = 'ZA006';
  END IF;
  -- One adjustment of a person at a time, whatever the device: the sums below are of committed rows.
  PERFORM pg_advisory_xact_lock(hashtext('affinity_console_operator'), person);
  -- A row of another day would be counted against that day's limits.
  IF asked_at > clock_timestamp() OR asked_at < clock_timestamp() - interval '60 seconds' THEN
    RAISE EXCEPTION 'the row is of %, and it is %', asked_at, clock_timestamp() USING ERRCODE = 'ZA007';
  END IF;
  IF EXISTS (SELECT FROM {{schema}}.affinity_console_log_note n WHERE n.operation_id = operation)
      OR EXISTS (SELECT FROM {{schema}}.userapp_affinitylog l
        WHERE l.rule_key = 'admin' AND l.rule_id IS NULL AND l.metadata ->> 'operation_id' = operation) THEN
    RAISE EXCEPTION 'the operation id % was used before', operation USING ERRCODE = 'ZA005';
  END IF;
  IF reversed IS NOT NULL AND NOT EXISTS (SELECT FROM {{schema}}.userapp_affinitylog l
      WHERE l.id = reversed AND l.device_id = asked_device) THEN
    RAISE EXCEPTION 'log row % is not of binding %', reversed, asked_device USING ERRCODE = 'ZA003';
  END IF;
  IF asked_before <> stored.favorability THEN
    RAISE EXCEPTION 'the value of binding % is %, not %', asked_device, stored.favorability, asked_before
      USING ERRCODE = 'ZA008';
  END IF;
  SELECT s.max_affinity, s.timezone INTO STRICT setting FROM {{schema}}.userapp_affinitysetting s WHERE s.id = 1;
  IF asked_change = 0 OR asked_after <> asked_before + asked_change OR asked_after < 0
      OR asked_after > setting.max_affinity THEN
    RAISE EXCEPTION '% changed by % is not %, or % is not between 0 and %', asked_before, asked_change, asked_after,
      asked_after, setting.max_affinity USING ERRCODE = 'ZA009';
  END IF;
  points := greatest(abs(asked_change), abs((decided -> 'metadata' ->> 'requested_delta')::numeric));
  SELECT coalesce(sum(abs(l.change_value)) FILTER (WHERE l.device_id = asked_device), 0),
      coalesce(sum(abs(l.change_value)), 0) INTO points_of_device, points_of_day
    FROM {{schema}}.userapp_affinitylog l
    WHERE l.operator_admin_id = person AND l.rule_id IS NULL AND l.created_at > asked_at - interval '2 days'
      AND (l.created_at AT TIME ZONE setting.timezone)::date = (asked_at AT TIME ZONE setting.timezone)::date;
  IF points > {{single_points}} THEN
    RAISE EXCEPTION '% points are over the limit of {{single_points}} for one adjustment', points
      USING ERRCODE = 'ZA010';
  END IF;
  IF points_of_device + points > {{device_points}} THEN
    RAISE EXCEPTION '% points of this device today and % more are over the limit of {{device_points}}',
      points_of_device, points USING ERRCODE = 'ZA010';
  END IF;
  IF points_of_day + points > {{operator_points}} THEN
    RAISE EXCEPTION '% points today and % more are over the limit of {{operator_points}} a day', points_of_day, points
      USING ERRCODE = 'ZA010';
  END IF;
  -- Which level follows from a value is a rule and was decided; that the value reached it is not hard to see.
  IF asked_level <> 0 AND NOT EXISTS (SELECT FROM {{schema}}.userapp_affinitylevel v
      WHERE v.level = asked_level AND v.min_value <= asked_after) THEN
    RAISE EXCEPTION 'the value % does not reach level %', asked_after, asked_level USING ERRCODE = 'ZA011';
  END IF;
  UPDATE {{schema}}.device_interaction_userdevice SET favorability = asked_after,
      last_active_at = CASE WHEN (decided ->> 'refreshes_activity')::boolean THEN asked_at ELSE last_active_at END,
      affinity_level = coalesce(asked_level, affinity_level)
    WHERE id = asked_device;
  INSERT INTO {{schema}}.userapp_affinitylog (rule_key, change_value, before_value, after_value, source, event_id,
      reason, metadata, created_at, device_id, operator_admin_id, rule_id, user_id)
    VALUES ('admin', asked_change, asked_before, asked_after, decided ->> 'source', NULL, decided ->> 'reason',
      decided -> 'metadata', asked_at, asked_device, person, NULL, asked_user)
    RETURNING id INTO written;
  INSERT INTO {{schema}}.affinity_console_log_note (log_id, operation_id, reason_code, ticket, drawn_change,
      reverses_log_id)
    VALUES (written, operation, decided -> 'note' ->> 'reason_code', coalesce(decided -> 'note' ->> 'ticket', ''),
      NULL, reversed);
  FOR wanted IN SELECT (g.value ->> 'level')::integer AS level, g.value -> 'rewards' AS rewards
      FROM jsonb_array_elements(coalesce(decided -> 'grants', '[]'::jsonb)) WITH ORDINALITY AS g (value, place)
      ORDER BY g.place LOOP
    IF wanted.level <= stored.affinity_level OR wanted.level > asked_level OR asked_level IS NULL
        OR NOT EXISTS (SELECT FROM {{schema}}.userapp_affinitylevel v WHERE v.level = wanted.level
          AND v.min_value <= asked_after AND v.rewards = wanted.rewards) THEN
      RAISE EXCEPTION 'the rewards of level % are others, or it was not reached by this change',
        coalesce(wanted.level::text, 'none') USING ERRCODE = 'ZA011';
    END IF;
    BEGIN
      INSERT INTO {{schema}}.userapp_userlevelrewardgrant (level, rewards, granted_at, device_id)
        VALUES (wanted.level, wanted.rewards, asked_at, asked_device) ON CONFLICT (device_id, level) DO NOTHING;
      GET DIAGNOSTICS rows_written = ROW_COUNT;
      granted := granted || jsonb_build_object('level', wanted.level,
        'outcome', CASE WHEN rows_written = 1 THEN 'granted' ELSE 'already' END);
    EXCEPTION
      WHEN integrity_constraint_violation OR data_exception THEN
        granted := granted || jsonb_build_object('level', wanted.level, 'outcome', 'failed', 'error', SQLERRM);
    END;
  END LOOP;
  IF jsonb_array_length(coalesce(decided -> 'outbox', '[]'::jsonb)) > 0
      OR jsonb_array_length(coalesce(decided -> 'deliveries', '[]'::jsonb)) > 0 THEN
    PERFORM {{schema}}.affinity_console_write_outbox(written, decided);
  END IF;
  RETURN jsonb_build_object('log_id', written, 'grants', granted);
END
$$;

-- Where an administrator made the console's tables, the owner of Django's may read and add rows, for the functions.
DO $$
DECLARE
  other record;
BEGIN
  FOR other IN
    SELECT c.oid::pg_catalog.regclass AS name, c.relkind, t.rolname AS owner
    FROM pg_catalog.pg_class c, pg_catalog.pg_class l JOIN pg_catalog.pg_roles t ON t.oid = l.relowner
    WHERE c.relnamespace = '{{schema}}'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p', 'S')
      AND c.relname LIKE 'affinity\_console\_%' AND c.relowner <> l.relowner
      AND l.oid = '{{schema}}.userapp_affinitylog'::pg_catalog.regclass
  LOOP
    EXECUTE pg_catalog.format(CASE WHEN other.relkind = 'S' THEN 'GRANT USAGE ON SEQUENCE %s TO %I'
      ELSE 'GRANT SELECT, INSERT ON %s TO %I' END, other.name, other.owner);
  END LOOP;
END
$$;

-- The functions act with the rights of whoever owns Django's tables, not of the superuser that may have made them.
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT p.oid::pg_catalog.regprocedure AS name, t.rolname AS owner, p.proname AS short_name
    FROM pg_catalog.pg_proc p, pg_catalog.pg_class c JOIN pg_catalog.pg_roles t ON t.oid = c.relowner
    WHERE p.pronamespace = '{{schema}}'::pg_catalog.regnamespace AND p.proname LIKE 'affinity\_console\_%'
      AND c.oid = '{{schema}}.userapp_affinitylog'::pg_catalog.regclass
  LOOP
    IF made.short_name <> 'affinity_console_refuse_change' THEN
      EXECUTE pg_catalog.format('ALTER FUNCTION %s OWNER TO %I', made.name, made.owner);
    END IF;
    EXECUTE pg_catalog.format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, affinity_viewer, affinity_support, '
                              'affinity_designer, affinity_engine', made.name);
  END LOOP;
END
$$;

GRANT EXECUTE ON FUNCTION {{schema}}.affinity_console_operator(text) TO affinity_viewer;

GRANT EXECUTE ON FUNCTION {{schema}}.affinity_console_lock_device(bigint), {{schema}}.affinity_console_commit_adjustment(jsonb), {{schema}}.affinity_console_write_outbox(bigint, jsonb) TO affinity_support;

-- A group's settings do not reach its members, so each member gets them: run this again after adding one. The owner of
-- the tables may be the service's own login and is left alone.
DO $$
DECLARE
  member record;
BEGIN
  FOR member IN
    WITH RECURSIVE ours AS (
      SELECT r.oid FROM pg_catalog.pg_roles r
        WHERE r.rolname IN ('affinity_viewer', 'affinity_support', 'affinity_designer', 'affinity_engine')
      UNION SELECT m.member FROM pg_catalog.pg_auth_members m JOIN ours o ON o.oid = m.roleid)
    SELECT r.rolname FROM pg_catalog.pg_roles r JOIN ours o ON o.oid = r.oid
    WHERE NOT r.rolsuper AND r.rolname <> current_user
      AND r.oid <> (SELECT c.relowner FROM pg_catalog.pg_class c
        WHERE c.oid = '{{schema}}.userapp_affinitylog'::pg_catalog.regclass)
  LOOP
    EXECUTE pg_catalog.format('ALTER ROLE %I IN DATABASE %I SET statement_timeout = %L', member.rolname,
                              pg_catalog.current_database(), '{{statement_ms}}ms');
    EXECUTE pg_catalog.format('ALTER ROLE %I IN DATABASE %I SET lock_timeout = %L', member.rolname,
                              pg_catalog.current_database(), '{{lock_ms}}ms');
    EXECUTE pg_catalog.format('ALTER ROLE %I IN DATABASE %I SET idle_in_transaction_session_timeout = %L',
                              member.rolname, pg_catalog.current_database(), '{{idle_ms}}ms');
  END LOOP;
END
$$;

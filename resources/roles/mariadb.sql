-- Roles with no more rights than their work needs: affinity_viewer looks, affinity_support adjusts, affinity_designer edits
-- rules besides, affinity_engine is a service that applies events. Nobody of them changes or deletes a row of the log. A
-- person's own account gets one of them, which counts once it is the account's default:
-- GRANT affinity_support TO alice; SET DEFAULT ROLE affinity_support FOR alice. Running this again leaves the same.
-- Statements are separated by empty lines. One below a line "-- needs TABLE" is left out where the table is not there.

CREATE ROLE IF NOT EXISTS affinity_viewer;

CREATE ROLE IF NOT EXISTS affinity_support;

CREATE ROLE IF NOT EXISTS affinity_designer;

CREATE ROLE IF NOT EXISTS affinity_engine;

GRANT affinity_viewer TO affinity_support;

GRANT affinity_support TO affinity_designer;

GRANT affinity_viewer TO affinity_engine;

GRANT SELECT ON {{schema}}.userapp_paradiseuser TO affinity_viewer;

GRANT SELECT ON {{schema}}.device_interaction_userdevice TO affinity_viewer;

GRANT SELECT ON {{schema}}.userapp_affinitysetting TO affinity_viewer;

GRANT SELECT ON {{schema}}.userapp_affinityrule TO affinity_viewer;

GRANT SELECT ON {{schema}}.userapp_affinitylevel TO affinity_viewer;

GRANT SELECT ON {{schema}}.userapp_affinitylog TO affinity_viewer;

GRANT SELECT ON {{schema}}.userapp_useraffinitydailycounter TO affinity_viewer;

GRANT SELECT ON {{schema}}.userapp_userlevelrewardgrant TO affinity_viewer;

GRANT SELECT ON {{schema}}.auth_group TO affinity_viewer;

GRANT SELECT ON {{schema}}.auth_user_groups TO affinity_viewer;

-- Of the password only that it is a column of the table, which the console looks for: REFERENCES shows no value.
GRANT SELECT (id, username, is_active, is_staff, is_superuser), REFERENCES (password) ON {{schema}}.auth_user TO affinity_viewer;

GRANT SELECT ON {{schema}}.affinity_console_schema_version TO affinity_viewer;

GRANT SELECT ON {{schema}}.affinity_console_log_note TO affinity_viewer;

-- needs affinity_console_outbox
GRANT SELECT ON {{schema}}.affinity_console_outbox TO affinity_viewer;

-- needs affinity_console_outbox
GRANT SELECT ON {{schema}}.affinity_console_reward_delivery TO affinity_viewer;

-- needs affinity_console_outbox
GRANT SELECT ON {{schema}}.affinity_console_relay_lease TO affinity_viewer;

-- The sign-in compares it.
GRANT SELECT (password) ON {{schema}}.auth_user TO affinity_support;

GRANT UPDATE (favorability, affinity_level, last_active_at) ON {{schema}}.device_interaction_userdevice TO affinity_support;

GRANT INSERT ON {{schema}}.userapp_affinitylog TO affinity_support;

GRANT INSERT ON {{schema}}.userapp_userlevelrewardgrant TO affinity_support;

GRANT INSERT ON {{schema}}.affinity_console_log_note TO affinity_support;

-- needs affinity_console_outbox
GRANT INSERT ON {{schema}}.affinity_console_outbox TO affinity_support;

-- Of a delivery that is there already the id is "updated" to itself.
-- needs affinity_console_outbox
GRANT INSERT, UPDATE (id) ON {{schema}}.affinity_console_reward_delivery TO affinity_support;

GRANT INSERT, UPDATE ON {{schema}}.userapp_affinityrule TO affinity_designer;

GRANT INSERT, UPDATE ON {{schema}}.userapp_affinitysetting TO affinity_designer;

GRANT INSERT, UPDATE ON {{schema}}.userapp_affinitylevel TO affinity_designer;

-- needs django_admin_log
GRANT SELECT, INSERT ON {{schema}}.django_admin_log TO affinity_designer;

-- needs django_content_type
GRANT SELECT ON {{schema}}.django_content_type TO affinity_designer;

-- needs affinity_console_outbox
GRANT UPDATE (state, attempts, next_attempt_at) ON {{schema}}.affinity_console_reward_delivery TO affinity_designer;

GRANT UPDATE (favorability, affinity_level, last_active_at) ON {{schema}}.device_interaction_userdevice TO affinity_engine;

GRANT INSERT ON {{schema}}.userapp_affinitylog TO affinity_engine;

GRANT INSERT, UPDATE ON {{schema}}.userapp_useraffinitydailycounter TO affinity_engine;

GRANT INSERT ON {{schema}}.userapp_userlevelrewardgrant TO affinity_engine;

GRANT INSERT ON {{schema}}.affinity_console_log_note TO affinity_engine;

-- needs affinity_console_outbox
GRANT INSERT, UPDATE, DELETE ON {{schema}}.affinity_console_outbox TO affinity_engine;

-- needs affinity_console_outbox
GRANT INSERT, UPDATE ON {{schema}}.affinity_console_reward_delivery TO affinity_engine;

-- needs affinity_console_outbox
GRANT UPDATE ON {{schema}}.affinity_console_relay_lease TO affinity_engine;

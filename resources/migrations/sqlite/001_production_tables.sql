-- Production's tables, exactly as Django's migrations make them on SQLite; only those the affinity service needs.
-- Statements are separated by empty lines. Released: this file is frozen.

CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);

CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);

CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);

CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "action_time" datetime NOT NULL, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0));

CREATE TABLE "userapp_paradiseuser" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "username" varchar(64) NOT NULL UNIQUE, "nickname" varchar(64) NOT NULL, "is_active" bool NOT NULL, "created_at" datetime NOT NULL);

CREATE TABLE "userapp_affinitysetting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "max_affinity" integer NOT NULL, "global_daily_cap" integer NOT NULL, "timezone" varchar(64) NOT NULL, "enable_notify" bool NOT NULL, "decay_enabled" bool NOT NULL, "decay_idle_days" integer NOT NULL, "decay_rule_key" varchar(32) NOT NULL, "updated_at" datetime NOT NULL, CONSTRAINT "affinitysetting_max_gt_0" CHECK ("max_affinity" > 0), CONSTRAINT "affinitysetting_cap_gt_0" CHECK ("global_daily_cap" > 0));

CREATE TABLE "userapp_affinityrule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rule_key" varchar(32) NOT NULL, "name" varchar(64) NOT NULL, "min_change" integer NOT NULL, "max_change" integer NOT NULL, "single_cap" integer NOT NULL, "daily_cap" integer NOT NULL, "cooldown_seconds" integer NOT NULL, "is_enabled" bool NOT NULL, "is_deleted" bool NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, CONSTRAINT "affinityrule_min_lte_max" CHECK ("min_change" <= "max_change"), CONSTRAINT "affinityrule_single_cap_gt_0" CHECK ("single_cap" > 0), CONSTRAINT "affinityrule_daily_cap_gt_0" CHECK ("daily_cap" > 0), CONSTRAINT "affinityrule_cooldown_gte_0" CHECK ("cooldown_seconds" >= 0));

CREATE TABLE "userapp_affinitylevel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "level" integer NOT NULL UNIQUE, "min_value" integer NOT NULL UNIQUE, "name" varchar(64) NOT NULL, "rewards" text NOT NULL CHECK ((JSON_VALID("rewards") OR "rewards" IS NULL)));

CREATE TABLE "device_interaction_userdevice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "device_serial" varchar(64) NOT NULL, "nickname" varchar(64) NOT NULL, "favorability" integer NOT NULL, "affinity_level" integer NOT NULL, "last_active_at" datetime NULL, "bound_at" datetime NOT NULL, "unbound_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "userapp_paradiseuser" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "userdevice_favorability_gte_0" CHECK ("favorability" >= 0));

CREATE TABLE "userapp_affinitylog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "rule_key" varchar(32) NOT NULL, "change_value" integer NOT NULL, "before_value" integer NOT NULL, "after_value" integer NOT NULL, "source" varchar(32) NOT NULL, "event_id" varchar(64) NULL, "reason" varchar(255) NOT NULL, "metadata" text NOT NULL CHECK ((JSON_VALID("metadata") OR "metadata" IS NULL)), "created_at" datetime NOT NULL, "device_id" bigint NOT NULL REFERENCES "device_interaction_userdevice" ("id") DEFERRABLE INITIALLY DEFERRED, "operator_admin_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "rule_id" bigint NULL REFERENCES "userapp_affinityrule" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "userapp_paradiseuser" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "userapp_useraffinitydailycounter" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "date" date NOT NULL, "accumulated_change" integer NOT NULL, "trigger_count" integer NOT NULL, "device_id" bigint NOT NULL REFERENCES "device_interaction_userdevice" ("id") DEFERRABLE INITIALLY DEFERRED, "rule_id" bigint NOT NULL REFERENCES "userapp_affinityrule" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "affinitycounter_device_rule_date" UNIQUE ("device_id", "rule_id", "date"));

CREATE TABLE "userapp_userlevelrewardgrant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "level" integer NOT NULL, "rewards" text NOT NULL CHECK ((JSON_VALID("rewards") OR "rewards" IS NULL)), "granted_at" datetime NOT NULL, "device_id" bigint NOT NULL REFERENCES "device_interaction_userdevice" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "rewardgrant_device_level" UNIQUE ("device_id", "level"));

CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");

CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");

CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");

CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");

CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");

CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");

CREATE UNIQUE INDEX "affinityrule_one_live_key" ON "userapp_affinityrule" ("rule_key") WHERE NOT "is_deleted";

CREATE INDEX "userapp_affinitylog_rule_key_dde1e054" ON "userapp_affinitylog" ("rule_key");

CREATE INDEX "userapp_affinitylog_event_id_70c907c1" ON "userapp_affinitylog" ("event_id");

CREATE INDEX "userapp_affinitylog_created_at_9ea9a6ba" ON "userapp_affinitylog" ("created_at");

CREATE INDEX "userapp_affinitylog_device_id_6c726446" ON "userapp_affinitylog" ("device_id");

CREATE INDEX "userapp_affinitylog_operator_admin_id_b850df40" ON "userapp_affinitylog" ("operator_admin_id");

CREATE INDEX "userapp_affinitylog_rule_id_b6abd49d" ON "userapp_affinitylog" ("rule_id");

CREATE INDEX "userapp_affinitylog_user_id_d5319fff" ON "userapp_affinitylog" ("user_id");

CREATE INDEX "userapp_userlevelrewardgrant_device_id_e0961111" ON "userapp_userlevelrewardgrant" ("device_id");

CREATE INDEX "userapp_useraffinitydailycounter_device_id_03de629a" ON "userapp_useraffinitydailycounter" ("device_id");

CREATE INDEX "userapp_useraffinitydailycounter_rule_id_460558b6" ON "userapp_useraffinitydailycounter" ("rule_id");

CREATE INDEX "affinitylog_dev_time" ON "userapp_affinitylog" ("device_id", "created_at");

CREATE INDEX "device_interaction_userdevice_device_serial_ea314014" ON "device_interaction_userdevice" ("device_serial");

CREATE INDEX "device_interaction_userdevice_last_active_at_e3940467" ON "device_interaction_userdevice" ("last_active_at");

CREATE INDEX "device_interaction_userdevice_user_id_999de38f" ON "device_interaction_userdevice" ("user_id");

CREATE UNIQUE INDEX "userdevice_one_active_binding" ON "device_interaction_userdevice" ("device_serial") WHERE "unbound_at" IS NULL;

-- The console looks content types up by (app_label, model) when it writes Django's admin log.
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (1,'admin','logentry'), (2,'auth','permission'), (3,'auth','group'), (4,'auth','user'), (5,'contenttypes','contenttype'), (6,'sessions','session'), (7,'userapp','paradiseuser'), (8,'userapp','affinitysetting'), (9,'userapp','affinityrule'), (10,'userapp','affinitylevel'), (11,'userapp','affinitylog'), (12,'userapp','useraffinitydailycounter'), (13,'userapp','userlevelrewardgrant'), (14,'device_interaction','userdevice');

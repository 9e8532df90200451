-- AlterTable
ALTER TABLE "roles" ADD COLUMN     "require_mfa" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "role_bindings" ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reviewed_by" TEXT;

-- AlterTable
ALTER TABLE "resource_role_bindings" ADD COLUMN     "reviewed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reviewed_by" TEXT,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'manual',
ADD COLUMN     "ticket_id" TEXT;

-- AlterTable
ALTER TABLE "environments" ADD COLUMN     "description" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "created_by" TEXT,
ADD COLUMN     "disabled_at" TIMESTAMPTZ(3),
ADD COLUMN     "password_stands_alone" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "user_sessions" ADD COLUMN     "id_token" JSONB,
ADD COLUMN     "provider_sid" TEXT,
ADD COLUMN     "view_as_until" TIMESTAMPTZ(3),
ADD COLUMN     "view_as_user_id" TEXT;

-- AlterTable
ALTER TABLE "approval_tickets" ALTER COLUMN "service_id" DROP NOT NULL,
ALTER COLUMN "service_name" DROP NOT NULL,
ALTER COLUMN "namespace" DROP NOT NULL,
ALTER COLUMN "environment" DROP NOT NULL;

-- AlterTable
ALTER TABLE "systems" ADD COLUMN     "listed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "mfa_factors" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret" JSONB,
    "last_step" BIGINT,
    "credential_id" TEXT,
    "public_key" BYTEA,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "confirmed_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mfa_factors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mfa_recovery_codes" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mfa_recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mfa_challenges" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mfa_challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "password_links" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "password_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "permissions" TEXT[],
    "is_restricted" BOOLEAN NOT NULL DEFAULT true,
    "environments" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "elevated" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_providers" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "auth_type" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "config" JSONB NOT NULL,
    "secrets" JSONB,
    "claims_mapping" JSONB NOT NULL,
    "require_mfa" BOOLEAN NOT NULL DEFAULT false,
    "sync_interval_minutes" INTEGER,
    "last_synced_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_providers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_flow_states" (
    "id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT 'sign_in',
    "started_by" TEXT,
    "browser_hash" TEXT NOT NULL,
    "nonce" TEXT,
    "code_verifier" JSONB,
    "saml_request_id" TEXT,
    "return_to" TEXT NOT NULL DEFAULT '/',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "consumed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_flow_states_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_replay_entries" (
    "provider_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "auth_replay_entries_pkey" PRIMARY KEY ("provider_id","key")
);

-- CreateTable
CREATE TABLE "auth_provider_samples" (
    "id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "attributes" JSONB NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_provider_samples_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_directory_profiles" (
    "user_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "cohorts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "cohorts_missing_at" TIMESTAMPTZ(3),
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_directory_profiles_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "external_cohorts" (
    "id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'group',
    "key" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "source_field" TEXT NOT NULL,
    "last_synced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_cohorts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_cohort_mappings" (
    "id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'group',
    "key" TEXT NOT NULL,
    "role_id" TEXT NOT NULL,
    "scope_type" TEXT NOT NULL DEFAULT 'global',
    "scope_id" TEXT,
    "allowed_environments" TEXT[] DEFAULT ARRAY['test']::TEXT[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_cohort_mappings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_cohort_grants" (
    "user_id" TEXT NOT NULL,
    "mapping_id" TEXT NOT NULL,
    "binding_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_cohort_grants_pkey" PRIMARY KEY ("user_id","mapping_id")
);

-- CreateTable
CREATE TABLE "directory_sync_jobs" (
    "id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "sync_mode" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "request_snapshot" JSONB NOT NULL DEFAULT '{}',
    "result_summary" JSONB,
    "errors" JSONB NOT NULL DEFAULT '[]',
    "created_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "directory_sync_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_setting_revisions" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_setting_revisions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mfa_factors_credential_id_key" ON "mfa_factors"("credential_id");

-- CreateIndex
CREATE INDEX "mfa_factors_user_id_idx" ON "mfa_factors"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "mfa_recovery_codes_user_id_hash_key" ON "mfa_recovery_codes"("user_id", "hash");

-- CreateIndex
CREATE INDEX "mfa_challenges_session_id_idx" ON "mfa_challenges"("session_id");

-- CreateIndex
CREATE INDEX "mfa_challenges_expires_at_idx" ON "mfa_challenges"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "password_links_hash_key" ON "password_links"("hash");

-- CreateIndex
CREATE INDEX "password_links_user_id_idx" ON "password_links"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_hash_key" ON "api_tokens"("hash");

-- CreateIndex
CREATE INDEX "api_tokens_user_id_created_at_idx" ON "api_tokens"("user_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "auth_providers_name_key" ON "auth_providers"("name");

-- CreateIndex
CREATE UNIQUE INDEX "auth_flow_states_saml_request_id_key" ON "auth_flow_states"("saml_request_id");

-- CreateIndex
CREATE INDEX "auth_flow_states_expires_at_idx" ON "auth_flow_states"("expires_at");

-- CreateIndex
CREATE INDEX "auth_replay_entries_expires_at_idx" ON "auth_replay_entries"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "auth_provider_samples_provider_id_subject_key" ON "auth_provider_samples"("provider_id", "subject");

-- CreateIndex
CREATE INDEX "user_directory_profiles_provider_id_user_id_idx" ON "user_directory_profiles"("provider_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "external_cohorts_provider_id_kind_key_key" ON "external_cohorts"("provider_id", "kind", "key");

-- CreateIndex
CREATE INDEX "external_cohort_mappings_provider_id_kind_key_idx" ON "external_cohort_mappings"("provider_id", "kind", "key");

-- CreateIndex
CREATE INDEX "external_cohort_grants_binding_id_idx" ON "external_cohort_grants"("binding_id");

-- CreateIndex
CREATE INDEX "directory_sync_jobs_provider_id_created_at_idx" ON "directory_sync_jobs"("provider_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "platform_setting_revisions_key_version_key" ON "platform_setting_revisions"("key", "version");

-- CreateIndex
CREATE INDEX "user_sessions_provider_provider_sid_idx" ON "user_sessions"("provider", "provider_sid");

-- AddForeignKey
ALTER TABLE "mfa_factors" ADD CONSTRAINT "mfa_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mfa_recovery_codes" ADD CONSTRAINT "mfa_recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_flow_states" ADD CONSTRAINT "auth_flow_states_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "auth_providers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_provider_samples" ADD CONSTRAINT "auth_provider_samples_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "auth_providers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_directory_profiles" ADD CONSTRAINT "user_directory_profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_cohorts" ADD CONSTRAINT "external_cohorts_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "auth_providers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_cohort_mappings" ADD CONSTRAINT "external_cohort_mappings_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "auth_providers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_cohort_grants" ADD CONSTRAINT "external_cohort_grants_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_cohort_grants" ADD CONSTRAINT "external_cohort_grants_mapping_id_fkey" FOREIGN KEY ("mapping_id") REFERENCES "external_cohort_mappings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_cohort_grants" ADD CONSTRAINT "external_cohort_grants_binding_id_fkey" FOREIGN KEY ("binding_id") REFERENCES "role_bindings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "directory_sync_jobs" ADD CONSTRAINT "directory_sync_jobs_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "auth_providers"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.
ALTER TABLE users DROP CONSTRAINT users_auth_type_check,
  ADD CHECK (auth_type IN ('local', 'oidc', 'ldap', 'saml', 'sso', 'wecom', 'feishu', 'dingtalk', 'service'));
ALTER TABLE auth_providers ADD CHECK (auth_type IN ('oidc', 'ldap', 'saml'));
ALTER TABLE auth_flow_states ADD CHECK (purpose IN ('sign_in', 'sample'));
ALTER TABLE mfa_factors ADD CHECK (type IN ('totp', 'webauthn')),
  ADD CHECK ((type = 'totp') = (secret IS NOT NULL)),
  ADD CHECK ((type = 'webauthn') = (credential_id IS NOT NULL AND public_key IS NOT NULL));
ALTER TABLE external_cohorts ADD CHECK (kind IN ('group', 'department', 'ou', 'tag'));
ALTER TABLE external_cohort_mappings ADD CHECK (kind IN ('group', 'department', 'ou', 'tag')),
  ADD CHECK ((scope_type = 'global') = (scope_id IS NULL)), ADD CHECK (scope_type IN ('global', 'system'));
CREATE UNIQUE INDEX external_cohort_mappings_once
  ON external_cohort_mappings (provider_id, kind, key, role_id, scope_type, scope_id) NULLS NOT DISTINCT;
ALTER TABLE directory_sync_jobs ADD CHECK (status IN ('pending', 'running', 'completed', 'failed')),
  ADD CHECK (sync_mode IN ('manual_import', 'scheduled_enrichment'));
CREATE UNIQUE INDEX directory_sync_jobs_one_running ON directory_sync_jobs (provider_id)
  WHERE status IN ('pending', 'running');
ALTER TABLE role_bindings ADD CHECK (source IN ('seed', 'manual', 'external_cohort'));
ALTER TABLE resource_role_bindings ADD CHECK (source IN ('creator', 'manual', 'transfer', 'request'));
-- A request about a machine says where; a request for access names a System alone.
ALTER TABLE approval_tickets ADD CHECK (operation_type = 'ACCESS' OR
  (service_id IS NOT NULL AND service_name IS NOT NULL AND namespace IS NOT NULL AND environment IS NOT NULL));

-- Whom a mapping concerns is asked by cohort.
CREATE INDEX user_directory_profiles_cohorts_idx ON user_directory_profiles USING gin (cohorts);

-- A withdrawn key ends what was opened with it, as a session's end does.
CREATE FUNCTION announce_token_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('session', NEW.id, NULL, NEW.user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER api_tokens_announce AFTER UPDATE OF revoked_at ON api_tokens
  FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL)
  EXECUTE FUNCTION announce_token_end();

-- Whose roles change sees at once what they may see by now.
CREATE FUNCTION announce_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('access', COALESCE(NEW.id, OLD.id), NULL, COALESCE(NEW.user_id, OLD.user_id));
  RETURN NULL;
END $$;
CREATE TRIGGER resource_role_bindings_announce AFTER INSERT OR UPDATE OR DELETE ON resource_role_bindings
  FOR EACH ROW EXECUTE FUNCTION announce_access();
CREATE TRIGGER role_bindings_announce AFTER INSERT OR UPDATE OR DELETE ON role_bindings
  FOR EACH ROW EXECUTE FUNCTION announce_access();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_factors, mfa_recovery_codes, mfa_challenges, password_links, api_tokens,
    auth_providers, auth_flow_states, auth_replay_entries, auth_provider_samples, user_directory_profiles,
    external_cohorts, external_cohort_mappings, external_cohort_grants, directory_sync_jobs TO shepherd_web;
  GRANT SELECT, INSERT ON platform_setting_revisions TO shepherd_web;
END $$;

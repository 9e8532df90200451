-- What is told outside the inbox: deliveries, the places they go to, and who wants what.

-- CreateTable
CREATE TABLE "notice_deliveries" (
    "id" TEXT NOT NULL,
    "notification_id" TEXT,
    "medium" TEXT NOT NULL,
    "channel_id" TEXT,
    "recipient_id" TEXT,
    "purpose" TEXT NOT NULL DEFAULT 'notice',
    "type" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "ticket_id" TEXT,
    "resource_type" TEXT,
    "resource_id" TEXT,
    "system_id" TEXT,
    "environment" TEXT,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "last_error" TEXT,
    "response_code" INTEGER,
    "sent_at" TIMESTAMPTZ(3),
    "redelivery_of" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_channels" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "environments" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "system_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "locale" TEXT NOT NULL DEFAULT 'en',
    "ca_certificate" TEXT,
    "address_hint" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_channel_secrets" (
    "id" TEXT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "key_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_channel_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_servers" (
    "id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "security" TEXT NOT NULL,
    "username" TEXT,
    "from_address" TEXT NOT NULL,
    "from_name" TEXT NOT NULL,
    "ca_certificate" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_servers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_secrets" (
    "server_id" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "key_version" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_secrets_pkey" PRIMARY KEY ("server_id")
);

-- CreateTable
CREATE TABLE "notice_preferences" (
    "user_id" TEXT NOT NULL,
    "mail" JSONB NOT NULL DEFAULT '{}',
    "digest" TEXT NOT NULL DEFAULT 'daily',
    "digest_hour" INTEGER NOT NULL DEFAULT 8,
    "digest_weekday" INTEGER NOT NULL DEFAULT 1,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "next_digest_at" TIMESTAMPTZ(3),
    "last_digest_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_preferences_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "notice_templates" (
    "kind" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_templates_pkey" PRIMARY KEY ("kind","locale")
);

-- CreateIndex
CREATE INDEX "notice_deliveries_created_at_id_idx" ON "notice_deliveries"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notice_deliveries_channel_id_created_at_id_idx" ON "notice_deliveries"("channel_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notice_channels_name_key" ON "notice_channels"("name");

-- CreateIndex
CREATE INDEX "notice_channel_secrets_channel_id_purpose_idx" ON "notice_channel_secrets"("channel_id", "purpose");

-- AddForeignKey
ALTER TABLE "notice_deliveries" ADD CONSTRAINT "notice_deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "notice_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_channel_secrets" ADD CONSTRAINT "notice_channel_secrets_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "notice_channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_secrets" ADD CONSTRAINT "mail_secrets_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "mail_servers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_preferences" ADD CONSTRAINT "notice_preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE notice_deliveries
  ADD CONSTRAINT notice_deliveries_medium_known CHECK (medium IN ('mail', 'slack', 'teams', 'webhook')),
  ADD CONSTRAINT notice_deliveries_purpose_known CHECK (purpose IN ('notice', 'digest', 'test')),
  ADD CONSTRAINT notice_deliveries_status_known CHECK (status IN ('PENDING', 'SENT', 'FAILED', 'SKIPPED')),
  ADD CONSTRAINT notice_deliveries_addressed
    CHECK (CASE medium WHEN 'mail' THEN recipient_id IS NOT NULL ELSE channel_id IS NOT NULL END),
  ADD CONSTRAINT notice_deliveries_sent_is_dated CHECK ((status = 'SENT') = (sent_at IS NOT NULL));
-- One mail for one entry, however often its writer runs.
CREATE UNIQUE INDEX notice_deliveries_one_mail ON notice_deliveries (notification_id) WHERE medium = 'mail' AND redelivery_of IS NULL;
-- What the clock looks for, and nothing else.
CREATE INDEX notice_deliveries_due ON notice_deliveries (next_at) WHERE status = 'PENDING';
ALTER TABLE notice_channels
  ADD CONSTRAINT notice_channels_medium_known CHECK (medium IN ('slack', 'teams', 'webhook')),
  ADD CONSTRAINT notice_channels_locale_known CHECK (locale IN ('en', 'zh-CN'));
ALTER TABLE notice_channel_secrets
  ADD CONSTRAINT notice_channel_secrets_purpose_known CHECK (purpose IN ('address', 'signing'));
ALTER TABLE mail_servers
  ADD CONSTRAINT mail_servers_one CHECK (id = 'platform'),
  ADD CONSTRAINT mail_servers_security_known CHECK (security IN ('starttls', 'tls', 'none')),
  ADD CONSTRAINT mail_servers_port_possible CHECK (port BETWEEN 1 AND 65535);
ALTER TABLE notice_preferences
  ADD CONSTRAINT notice_preferences_digest_known CHECK (digest IN ('off', 'daily', 'weekly')),
  ADD CONSTRAINT notice_preferences_hour_possible CHECK (digest_hour BETWEEN 0 AND 23),
  ADD CONSTRAINT notice_preferences_weekday_possible CHECK (digest_weekday BETWEEN 1 AND 7);
CREATE INDEX notice_preferences_due ON notice_preferences (next_digest_at) WHERE next_digest_at IS NOT NULL;
ALTER TABLE notice_templates ADD CONSTRAINT notice_templates_locale_known CHECK (locale IN ('en', 'zh-CN'));

-- The web role seals an address or a password and never opens one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON notice_deliveries, notice_channels, mail_servers, notice_preferences,
    notice_templates TO shepherd_web;
  GRANT INSERT, UPDATE, DELETE ON notice_channel_secrets, mail_secrets TO shepherd_web;
  GRANT SELECT (id, channel_id, purpose, key_version, created_at, expires_at) ON notice_channel_secrets TO shepherd_web;
  GRANT SELECT (server_id, key_version, updated_at) ON mail_secrets TO shepherd_web;
END $$;

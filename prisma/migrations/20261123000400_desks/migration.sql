-- Desks outside: who they are, what they are called with, what was asked of them, and every call.
-- CreateTable
CREATE TABLE "external_approval_systems" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "webhook_url" TEXT NOT NULL,
    "ca_certificate" TEXT,
    "config" JSONB NOT NULL DEFAULT '{}',
    "status_mapping" JSONB NOT NULL DEFAULT '{}',
    "routes" JSONB NOT NULL DEFAULT '[]',
    "timeout_seconds" INTEGER NOT NULL DEFAULT 30,
    "retry_count" INTEGER NOT NULL DEFAULT 3,
    "retry_backoff_seconds" INTEGER NOT NULL DEFAULT 2,
    "poll_seconds" INTEGER NOT NULL DEFAULT 60,
    "sort_order" INTEGER NOT NULL DEFAULT 100,
    "error_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_approval_systems_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_approval_secrets" (
    "id" TEXT NOT NULL,
    "external_system_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "external_approval_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_callback_secrets" (
    "id" TEXT NOT NULL,
    "external_system_id" TEXT NOT NULL,
    "envelope" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "external_callback_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_approval_requests" (
    "id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "external_system_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "external_id" TEXT,
    "external_url" TEXT,
    "status" TEXT NOT NULL DEFAULT 'sending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "next_poll_at" TIMESTAMPTZ(3),
    "deciding_until" TIMESTAMPTZ(3),
    "poll_failures" INTEGER NOT NULL DEFAULT 0,
    "provider_decision_id" TEXT,
    "decision" JSONB,
    "cancel_due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "external_approval_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_deliveries" (
    "id" TEXT NOT NULL,
    "external_system_id" TEXT NOT NULL,
    "request_id" TEXT,
    "ticket_id" TEXT,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "status_code" INTEGER,
    "duration_ms" INTEGER NOT NULL,
    "request_body" TEXT,
    "response_excerpt" TEXT,
    "error" TEXT,
    "redelivery_of" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "external_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "external_approval_systems_name_key" ON "external_approval_systems"("name");

-- CreateIndex
CREATE INDEX "external_approval_secrets_external_system_id_name_idx" ON "external_approval_secrets"("external_system_id", "name");

-- CreateIndex
CREATE INDEX "external_callback_secrets_external_system_id_idx" ON "external_callback_secrets"("external_system_id");

-- CreateIndex
CREATE INDEX "external_approval_requests_ticket_id_created_at_idx" ON "external_approval_requests"("ticket_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "external_approval_requests_external_system_id_provider_deci_key" ON "external_approval_requests"("external_system_id", "provider_decision_id");

-- CreateIndex
CREATE INDEX "external_deliveries_external_system_id_at_id_idx" ON "external_deliveries"("external_system_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "external_deliveries_ticket_id_at_idx" ON "external_deliveries"("ticket_id", "at" DESC);

-- CreateIndex
CREATE INDEX "external_deliveries_request_id_idx" ON "external_deliveries"("request_id");

-- AddForeignKey
ALTER TABLE "external_approval_secrets" ADD CONSTRAINT "external_approval_secrets_external_system_id_fkey" FOREIGN KEY ("external_system_id") REFERENCES "external_approval_systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_callback_secrets" ADD CONSTRAINT "external_callback_secrets_external_system_id_fkey" FOREIGN KEY ("external_system_id") REFERENCES "external_approval_systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_approval_requests" ADD CONSTRAINT "external_approval_requests_external_system_id_fkey" FOREIGN KEY ("external_system_id") REFERENCES "external_approval_systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_deliveries" ADD CONSTRAINT "external_deliveries_external_system_id_fkey" FOREIGN KEY ("external_system_id") REFERENCES "external_approval_systems"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_deliveries" ADD CONSTRAINT "external_deliveries_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "external_approval_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE external_approval_systems
  ADD CONSTRAINT external_approval_systems_type_known CHECK (type IN ('webhook', 'servicenow', 'jira')),
  ADD CONSTRAINT external_approval_systems_secure CHECK (webhook_url ~* '^https://'),
  ADD CONSTRAINT external_approval_systems_bounded CHECK (timeout_seconds BETWEEN 1 AND 120
    AND retry_count BETWEEN 0 AND 10 AND retry_backoff_seconds BETWEEN 1 AND 60 AND poll_seconds BETWEEN 10 AND 3600);
ALTER TABLE external_approval_secrets ADD CONSTRAINT external_approval_secrets_name_known
  CHECK (name IN ('signing_key', 'headers', 'credentials'));
ALTER TABLE external_approval_requests
  ADD CONSTRAINT external_approval_requests_status_known
    CHECK (status IN ('sending', 'waiting', 'decided', 'failed', 'withdrawn')),
  ADD CONSTRAINT external_approval_requests_decided_is_known
    CHECK (status <> 'decided' OR (decision IS NOT NULL AND provider_decision_id IS NOT NULL));
ALTER TABLE external_deliveries
  ADD CONSTRAINT external_deliveries_kind_known CHECK (kind IN ('push', 'poll', 'cancel', 'test', 'callback')),
  ADD CONSTRAINT external_deliveries_outcome_known CHECK (outcome IN ('delivered', 'failed', 'refused'));

-- One secret of each name is current; a request waits at one desk at a time.
CREATE UNIQUE INDEX external_approval_secrets_current ON external_approval_secrets (external_system_id, name)
  WHERE ends_at IS NULL;
CREATE UNIQUE INDEX external_callback_secrets_current ON external_callback_secrets (external_system_id)
  WHERE ends_at IS NULL;
CREATE UNIQUE INDEX external_approval_requests_one_open ON external_approval_requests (ticket_id)
  WHERE status IN ('sending', 'waiting');
-- The clock reads only what may be due.
CREATE INDEX external_approval_requests_unsent ON external_approval_requests (next_attempt_at) WHERE status = 'sending';
CREATE INDEX external_approval_requests_unanswered ON external_approval_requests (next_poll_at)
  WHERE status = 'waiting' AND next_poll_at IS NOT NULL;
CREATE INDEX external_approval_requests_uncancelled ON external_approval_requests (cancel_due_at)
  WHERE cancel_due_at IS NOT NULL;

-- What is pushed with is sealed here and opened by the worker alone.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON external_approval_systems, external_callback_secrets,
    external_approval_requests, external_deliveries TO shepherd_web;
  GRANT INSERT, UPDATE, DELETE ON external_approval_secrets TO shepherd_web;
  GRANT SELECT (id, external_system_id, name, created_at, ends_at) ON external_approval_secrets TO shepherd_web;
END $$;

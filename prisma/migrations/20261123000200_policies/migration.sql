-- A rule says run, ask or no; it may look at more than the operation, and it may wait as a draft or watch as a shadow.
ALTER TABLE "approval_policies"
  ADD COLUMN "description" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "effect" TEXT,
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'active',
  ADD COLUMN "environment_name" TEXT,
  ADD COLUMN "system_id" TEXT,
  ADD COLUMN "requester_role" TEXT,
  ADD COLUMN "min_cpu_cores" DECIMAL(6,1),
  ADD COLUMN "min_memory_gi" DECIMAL(8,1),
  ADD COLUMN "min_disk_gb" INTEGER,
  ADD COLUMN "requires_gpu" BOOLEAN,
  ADD COLUMN "workflow_id" TEXT,
  ADD COLUMN "replaces_id" TEXT,
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "created_by" TEXT NOT NULL DEFAULT 'seed',
  ADD COLUMN "updated_by" TEXT NOT NULL DEFAULT 'seed';

UPDATE approval_policies SET effect = CASE WHEN requires_approval THEN 'ask' ELSE 'run' END,
  state = CASE WHEN enabled THEN 'active' ELSE 'disabled' END;
ALTER TABLE "approval_policies" ALTER COLUMN "effect" SET NOT NULL,
  DROP COLUMN "requires_approval",
  DROP COLUMN "enabled";

ALTER TABLE approval_policies
  ADD CONSTRAINT approval_policies_effect_known CHECK (effect IN ('run', 'ask', 'deny')),
  ADD CONSTRAINT approval_policies_state_known CHECK (state IN ('draft', 'shadow', 'active', 'disabled')),
  ADD CONSTRAINT approval_policies_class_known CHECK (environment IN ('all', 'test', 'prod')),
  ADD CONSTRAINT approval_policies_priority_known CHECK (priority BETWEEN 1 AND 9999),
  -- One environment has its class already.
  ADD CONSTRAINT approval_policies_place_known CHECK (environment_name IS NULL OR environment = 'all'),
  -- Only what asks somebody can say whom.
  ADD CONSTRAINT approval_policies_steps_known CHECK (workflow_id IS NULL OR effect = 'ask'),
  ADD CONSTRAINT approval_policies_replacement_waits CHECK (replaces_id IS NULL OR state IN ('draft', 'shadow'));

-- What would replace a rule carries its name already.
DROP INDEX "approval_policies_name_key";
CREATE UNIQUE INDEX approval_policies_name ON approval_policies (name) WHERE replaces_id IS NULL;

-- CreateIndex
CREATE INDEX "approval_policies_state_operation_idx" ON "approval_policies"("state", "operation");

-- CreateIndex
CREATE INDEX "approval_policies_replaces_id_idx" ON "approval_policies"("replaces_id");

-- AddForeignKey
ALTER TABLE "approval_policies" ADD CONSTRAINT "approval_policies_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "approval_policies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "policy_shadow_decisions" (
    "id" TEXT NOT NULL,
    "policy_id" TEXT NOT NULL,
    "policy_revision" INTEGER NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "actual" JSONB NOT NULL,
    "would" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_shadow_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "policy_shadow_decisions_policy_id_ticket_id_key" ON "policy_shadow_decisions"("policy_id", "ticket_id");

-- CreateIndex
CREATE INDEX "policy_shadow_decisions_policy_id_id_idx" ON "policy_shadow_decisions"("policy_id", "id" DESC);

-- CreateIndex
CREATE INDEX "policy_shadow_decisions_ticket_id_idx" ON "policy_shadow_decisions"("ticket_id");

-- AddForeignKey
ALTER TABLE "policy_shadow_decisions" ADD CONSTRAINT "policy_shadow_decisions_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "approval_policies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "policy_replays" (
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "days" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "rules_now" JSONB NOT NULL,
    "rules_then" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "differing" INTEGER NOT NULL DEFAULT 0,
    "uncertain" INTEGER NOT NULL DEFAULT 0,
    "last_ticket_id" TEXT,
    "created_by" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "policy_replays_pkey" PRIMARY KEY ("id")
);
ALTER TABLE policy_replays
  ADD CONSTRAINT policy_replays_state_known CHECK (state IN ('queued', 'running', 'done')),
  ADD CONSTRAINT policy_replays_days_known CHECK (days BETWEEN 1 AND 365);

-- CreateIndex
CREATE INDEX "policy_replays_created_at_id_idx" ON "policy_replays"("created_at" DESC, "id" DESC);

-- CreateTable
CREATE TABLE "policy_replay_rows" (
    "replay_id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "system_id" TEXT NOT NULL,
    "system_name" TEXT NOT NULL,
    "resource_name" TEXT,
    "requester_id" TEXT NOT NULL,
    "requester_name" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_effect" TEXT,
    "recorded_policy" TEXT,
    "now_effect" TEXT NOT NULL,
    "now_policy" TEXT,
    "now_workflow_id" TEXT,
    "then_effect" TEXT NOT NULL,
    "then_policy" TEXT,
    "then_workflow_id" TEXT,
    "roles_uncertain" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "policy_replay_rows_pkey" PRIMARY KEY ("replay_id","ticket_id")
);

-- AddForeignKey
ALTER TABLE "policy_replay_rows" ADD CONSTRAINT "policy_replay_rows_replay_id_fkey" FOREIGN KEY ("replay_id") REFERENCES "policy_replays"("id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON policy_shadow_decisions, policy_replays, policy_replay_rows TO shepherd_web;
END $$;

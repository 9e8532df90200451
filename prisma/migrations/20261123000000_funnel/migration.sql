-- What a request carries through the funnel: what exactly is asked, which rule and workflow led it, what it holds,
-- when it starts, and what was approved.
ALTER TABLE "approval_tickets"
  ADD COLUMN "operation" TEXT,
  ADD COLUMN "policy_id" TEXT,
  ADD COLUMN "policy_effect" TEXT,
  ADD COLUMN "workflow" JSONB,
  ADD COLUMN "workflow_name" TEXT,
  ADD COLUMN "dispatcher" TEXT NOT NULL DEFAULT 'built-in',
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "info_requested_at" TIMESTAMPTZ(3),
  ADD COLUMN "paused_seconds" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "pending_choices" JSONB,
  ADD COLUMN "demand" JSONB,
  ADD COLUMN "start_at" TIMESTAMPTZ(3),
  ADD COLUMN "held_until" TIMESTAMPTZ(3),
  ADD COLUMN "hold_reason" JSONB,
  ADD COLUMN "approved_spec" JSONB,
  ADD COLUMN "approved_hash" TEXT,
  ADD COLUMN "emergency_id" TEXT,
  ADD COLUMN "batch_id" TEXT,
  ADD COLUMN "sequence_no" INTEGER,
  ADD COLUMN "external_system_id" TEXT,
  ADD COLUMN "external_state" TEXT;

UPDATE approval_tickets SET operation = request_params ->> 'operation';
ALTER TABLE "approval_tickets" ALTER COLUMN "operation" SET NOT NULL;

-- CreateIndex
CREATE INDEX "approval_tickets_batch_id_sequence_no_idx" ON "approval_tickets"("batch_id", "sequence_no");

-- A request for more room names a System and an environment, one for access a System alone.
ALTER TABLE approval_tickets DROP CONSTRAINT approval_tickets_check;
ALTER TABLE approval_tickets ADD CONSTRAINT approval_tickets_place_known CHECK (CASE operation_type
    WHEN 'ACCESS' THEN true
    WHEN 'QUOTA' THEN environment IS NOT NULL
    ELSE service_id IS NOT NULL AND service_name IS NOT NULL AND namespace IS NOT NULL AND environment IS NOT NULL END),
  ADD CONSTRAINT approval_tickets_effect_known CHECK (policy_effect IN ('run', 'ask')),
  ADD CONSTRAINT approval_tickets_external_known
    CHECK (external_state IN ('sending', 'waiting', 'fallback', 'decided', 'cancelled'));
-- What waits for its hour is read by the clock alone.
CREATE INDEX approval_tickets_held ON approval_tickets (held_until) WHERE status = 'APPROVED' AND held_until IS NOT NULL;

-- Who decides about what, in which order, in whose place; a request keeps its steps as they were when it was asked.
-- CreateTable
CREATE TABLE "approval_workflows" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "priority" INTEGER NOT NULL DEFAULT 100,
    "operations" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "environment" TEXT NOT NULL DEFAULT 'all',
    "environment_name" TEXT,
    "system_id" TEXT,
    "min_cpu_cores" DECIMAL(6,1),
    "min_memory_gi" DECIMAL(8,1),
    "min_disk_gb" INTEGER,
    "requires_gpu" BOOLEAN,
    "cost_class" TEXT,
    "steps" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "updated_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_workflows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_steps" (
    "id" TEXT NOT NULL,
    "ticket_id" TEXT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 1,
    "position" INTEGER NOT NULL,
    "stage" INTEGER NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "mode" TEXT NOT NULL,
    "needed" INTEGER NOT NULL DEFAULT 1,
    "definition" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'WAITING',
    "skip_reason" TEXT,
    "escalation_level" INTEGER NOT NULL DEFAULT 0,
    "activated_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "remaining_seconds" INTEGER,
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_step_approvers" (
    "id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "level" INTEGER NOT NULL DEFAULT 0,
    "kind" TEXT NOT NULL,
    "ref_id" TEXT,

    CONSTRAINT "approval_step_approvers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_step_decisions" (
    "id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "level" INTEGER NOT NULL DEFAULT 0,
    "approver_id" TEXT NOT NULL,
    "approver_name" TEXT NOT NULL,
    "on_behalf_of" TEXT,
    "on_behalf_of_name" TEXT,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "choices" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_step_decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_delegations" (
    "id" TEXT NOT NULL,
    "from_user_id" TEXT NOT NULL,
    "to_user_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "environments" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "approval_delegations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "approval_workflows_name_key" ON "approval_workflows"("name");

-- CreateIndex
CREATE INDEX "approval_workflows_priority_name_idx" ON "approval_workflows"("priority", "name");

-- CreateIndex
CREATE UNIQUE INDEX "approval_steps_ticket_id_round_position_key" ON "approval_steps"("ticket_id", "round", "position");

-- CreateIndex
CREATE INDEX "approval_step_approvers_step_id_level_idx" ON "approval_step_approvers"("step_id", "level");

-- CreateIndex
CREATE INDEX "approval_step_approvers_kind_ref_id_idx" ON "approval_step_approvers"("kind", "ref_id");

-- CreateIndex
CREATE INDEX "approval_step_decisions_approver_id_idx" ON "approval_step_decisions"("approver_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_step_decisions_step_id_level_approver_id_key" ON "approval_step_decisions"("step_id", "level", "approver_id");

-- CreateIndex
CREATE INDEX "approval_delegations_to_user_id_ends_at_idx" ON "approval_delegations"("to_user_id", "ends_at");

-- CreateIndex
CREATE INDEX "approval_delegations_from_user_id_ends_at_idx" ON "approval_delegations"("from_user_id", "ends_at");

-- AddForeignKey
ALTER TABLE "approval_step_approvers" ADD CONSTRAINT "approval_step_approvers_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "approval_steps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_step_decisions" ADD CONSTRAINT "approval_step_decisions_step_id_fkey" FOREIGN KEY ("step_id") REFERENCES "approval_steps"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever asks may decide there too, where an administrator has relaxed it on record (spec §0.2).
ALTER TABLE "environments" ADD COLUMN "self_approval" BOOLEAN NOT NULL DEFAULT false;
-- What a size costs, in the company's own words.
ALTER TABLE "instance_sizes" ADD COLUMN "cost_class" TEXT;

ALTER TABLE approval_workflows
  ADD CONSTRAINT approval_workflows_environment_known CHECK (environment IN ('all', 'test', 'prod')),
  ADD CONSTRAINT approval_workflows_steps_listed CHECK (jsonb_typeof(steps) = 'array');
ALTER TABLE approval_steps
  ADD CONSTRAINT approval_steps_status_known CHECK (status IN
    ('WAITING', 'ACTIVE', 'APPROVED', 'REJECTED', 'ESCALATED', 'EXPIRED', 'SKIPPED')),
  ADD CONSTRAINT approval_steps_mode_known CHECK (mode IN ('any', 'all', 'quorum')),
  ADD CONSTRAINT approval_steps_needed_counted CHECK (needed >= 1),
  ADD CONSTRAINT approval_steps_active_known CHECK (status NOT IN ('ACTIVE', 'ESCALATED') OR activated_at IS NOT NULL),
  ADD CONSTRAINT approval_steps_skip_explained CHECK ((status = 'SKIPPED') = (skip_reason IS NOT NULL));
ALTER TABLE approval_step_approvers
  ADD CONSTRAINT approval_step_approvers_kind_known CHECK (kind IN
    ('user', 'role', 'owners', 'keepers', 'cohort', 'holders')),
  ADD CONSTRAINT approval_step_approvers_ref_known CHECK ((kind IN ('user', 'role', 'cohort')) = (ref_id IS NOT NULL));
ALTER TABLE approval_step_decisions
  ADD CONSTRAINT approval_step_decisions_verdict_known CHECK (verdict IN ('approve', 'reject'));
ALTER TABLE approval_delegations
  ADD CONSTRAINT approval_delegations_somebody_else CHECK (from_user_id <> to_user_id),
  ADD CONSTRAINT approval_delegations_forward CHECK (ends_at > starts_at);

-- The queue asks whose turn it is, the clock what is overdue.
CREATE INDEX approval_steps_active ON approval_steps (ticket_id) WHERE status = 'ACTIVE';
CREATE INDEX approval_steps_due ON approval_steps (due_at) WHERE status = 'ACTIVE' AND due_at IS NOT NULL;

-- However a request ends, by whomever: none of its steps waits any longer.
CREATE FUNCTION end_approval_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE approval_steps SET status = 'SKIPPED', skip_reason = 'ended', finished_at = now(), due_at = NULL
    WHERE ticket_id = NEW.id AND status IN ('WAITING', 'ACTIVE', 'ESCALATED');
  RETURN NULL;
END $$;
CREATE TRIGGER approval_tickets_end_steps AFTER UPDATE OF status ON approval_tickets FOR EACH ROW
  WHEN (OLD.status = 'PENDING' AND NEW.status <> 'PENDING') EXECUTE FUNCTION end_approval_steps();

-- A step that moves is news for whoever watches its request.
CREATE FUNCTION announce_approval_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ticket approval_tickets;
BEGIN
  SELECT * INTO ticket FROM approval_tickets WHERE id = NEW.ticket_id;
  IF FOUND THEN
    PERFORM announce('ticket', ticket.id, ticket.system_id, ticket.requester_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER approval_steps_announce AFTER UPDATE ON approval_steps FOR EACH ROW
  WHEN ((OLD.status, OLD.escalation_level, OLD.due_at) IS DISTINCT FROM (NEW.status, NEW.escalation_level, NEW.due_at))
  EXECUTE FUNCTION announce_approval_step();

-- What waits already keeps waiting, in the one step that it has always had.
INSERT INTO approval_steps (id, ticket_id, position, stage, mode, definition, status, activated_at, created_at)
  SELECT k.id || '-step', k.id, 0, 0, 'any',
    jsonb_build_object('name', '', 'parallel', false, 'mode', 'any', 'needed', 1, 'condition', NULL,
      'approvers', jsonb_build_array(jsonb_build_object(
        'kind', CASE k.operation_type WHEN 'ACCESS' THEN 'keepers' ELSE 'holders' END, 'refId', NULL)),
      'timeoutHours', NULL, 'onTimeout', 'remind', 'escalateTo', '[]'::jsonb, 'editable', NULL),
    'ACTIVE', k.created_at, k.created_at
  FROM approval_tickets k WHERE k.status = 'PENDING';
INSERT INTO approval_step_approvers (id, step_id, kind)
  SELECT s.id || '-approver', s.id, s.definition -> 'approvers' -> 0 ->> 'kind' FROM approval_steps s;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON approval_workflows, approval_steps, approval_step_approvers,
    approval_step_decisions, approval_delegations TO shepherd_web;
END $$;

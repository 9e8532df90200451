-- CreateTable
CREATE TABLE "emergencies" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "system_id" TEXT NOT NULL,
    "system_name" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "former_role" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "review_due_at" TIMESTAMPTZ(3) NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" TEXT,
    "reviewer_name" TEXT,
    "verdict" TEXT,
    "review_comment" TEXT,

    CONSTRAINT "emergencies_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "emergencies_started_at_id_idx" ON "emergencies"("started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "emergencies_person_id_started_at_idx" ON "emergencies"("person_id", "started_at" DESC);

-- One at a time for a person on a System; whoever acted never says that it was right.
CREATE UNIQUE INDEX emergencies_one_running ON emergencies (person_id, system_id) WHERE ended_at IS NULL;
CREATE INDEX emergencies_running ON emergencies (ends_at) WHERE ended_at IS NULL;
CREATE INDEX emergencies_unreviewed ON emergencies (started_at) WHERE reviewed_at IS NULL;
CREATE INDEX approval_tickets_emergency ON approval_tickets (emergency_id) WHERE emergency_id IS NOT NULL;
ALTER TABLE emergencies ADD CONSTRAINT emergencies_not_by_author CHECK (reviewed_by <> person_id),
  ADD CONSTRAINT emergencies_review_whole CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL)
    AND (reviewed_at IS NULL) = (verdict IS NULL) AND (reviewed_at IS NULL OR ended_at IS NOT NULL)),
  ADD CONSTRAINT emergencies_verdict_known CHECK (verdict IN ('justified', 'unjustified')),
  ADD CONSTRAINT emergencies_short CHECK (minutes BETWEEN 1 AND 240 AND ends_at > started_at);

ALTER TABLE resource_role_bindings DROP CONSTRAINT resource_role_bindings_source_check;
ALTER TABLE resource_role_bindings ADD CONSTRAINT resource_role_bindings_source_check
  CHECK (source IN ('creator', 'manual', 'transfer', 'request', 'emergency'));

-- Its person's pages and those of who keeps the System see it begin and end.
CREATE FUNCTION announce_emergency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce('ticket', NEW.id, NEW.system_id, NEW.person_id);
  RETURN NULL;
END $$;
CREATE TRIGGER emergencies_announce AFTER INSERT OR UPDATE ON emergencies
  FOR EACH ROW EXECUTE FUNCTION announce_emergency();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE ON emergencies TO shepherd_web;
END $$;

-- CreateTable
CREATE TABLE "environment_lifetimes" (
    "environment" TEXT NOT NULL,
    "default_days" INTEGER,
    "longest_days" INTEGER,
    "grace_days" INTEGER NOT NULL DEFAULT 7,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environment_lifetimes_pkey" PRIMARY KEY ("environment")
);

-- CreateTable
CREATE TABLE "vm_lifetimes" (
    "vm_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'running',
    "noticed_days" INTEGER,
    "grace_ends_at" TIMESTAMPTZ(3),
    "extensions" INTEGER NOT NULL DEFAULT 0,
    "protected" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_lifetimes_pkey" PRIMARY KEY ("vm_id")
);

-- CreateTable
CREATE TABLE "power_schedules" (
    "vm_id" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "entries" JSONB NOT NULL,
    "paused_until" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3),
    "next_action" TEXT,
    "last_at" TIMESTAMPTZ(3),
    "last_outcome" TEXT,
    "set_by" TEXT NOT NULL,
    "ticket_id" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "power_schedules_pkey" PRIMARY KEY ("vm_id")
);

-- AddForeignKey
ALTER TABLE "environment_lifetimes" ADD CONSTRAINT "environment_lifetimes_environment_fkey" FOREIGN KEY ("environment") REFERENCES "environments"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vm_lifetimes" ADD CONSTRAINT "vm_lifetimes_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "power_schedules" ADD CONSTRAINT "power_schedules_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE environment_lifetimes ADD CONSTRAINT environment_lifetimes_sound CHECK (default_days BETWEEN 1 AND 3650
    AND longest_days BETWEEN 1 AND 3650 AND grace_days BETWEEN 0 AND 365 AND default_days <= longest_days);
ALTER TABLE vm_lifetimes ADD CONSTRAINT vm_lifetimes_state_known
    CHECK (state IN ('running', 'stopped', 'grace', 'deleting')),
  ADD CONSTRAINT vm_lifetimes_state_has_end CHECK (state = 'running' OR expires_at IS NOT NULL);
ALTER TABLE power_schedules ADD CONSTRAINT power_schedules_action_known CHECK (next_action IN ('start', 'stop')),
  ADD CONSTRAINT power_schedules_next_whole CHECK ((next_at IS NULL) = (next_action IS NULL)),
  ADD CONSTRAINT power_schedules_outcome_known CHECK (last_outcome IN ('done', 'skipped', 'missed', 'refused'));
CREATE INDEX vm_lifetimes_ends ON vm_lifetimes (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX power_schedules_due ON power_schedules (next_at) WHERE next_at IS NOT NULL;

-- The machine's page shows its end, its protection and its schedule.
CREATE FUNCTION announce_vm_keeping() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed_id text := CASE TG_OP WHEN 'DELETE' THEN OLD.vm_id ELSE NEW.vm_id END;
BEGIN
  PERFORM announce('vm', changed_id,
    (SELECT s.system_id FROM vms v JOIN services s ON s.id = v.service_id WHERE v.id = changed_id), NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER vm_lifetimes_announce AFTER INSERT OR UPDATE OR DELETE ON vm_lifetimes
  FOR EACH ROW EXECUTE FUNCTION announce_vm_keeping();
CREATE TRIGGER power_schedules_announce AFTER INSERT OR UPDATE OR DELETE ON power_schedules
  FOR EACH ROW EXECUTE FUNCTION announce_vm_keeping();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON environment_lifetimes, vm_lifetimes, power_schedules TO shepherd_web;
END $$;

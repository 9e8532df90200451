-- Why a machine does not get on: what its cluster says of it now, and what it said when an operation failed.
ALTER TABLE "vms" ADD COLUMN "symptoms" JSONB;

-- CreateTable
CREATE TABLE "vm_cluster_events" (
    "id" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "operation_id" TEXT,
    "object_kind" TEXT NOT NULL,
    "object_name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_cluster_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "vm_cluster_events_vm_id_last_at_id_idx" ON "vm_cluster_events"("vm_id", "last_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "vm_cluster_events_vm_id_uid_key" ON "vm_cluster_events"("vm_id", "uid");

-- AddForeignKey
ALTER TABLE "vm_cluster_events" ADD CONSTRAINT "vm_cluster_events_vm_id_fkey" FOREIGN KEY ("vm_id") REFERENCES "vms"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE vms ADD CONSTRAINT vms_symptoms_named CHECK (symptoms IS NULL OR jsonb_typeof(symptoms) = 'object');
ALTER TABLE vm_cluster_events
  ADD CONSTRAINT vm_cluster_events_type_known CHECK (type IN ('Normal', 'Warning')),
  ADD CONSTRAINT vm_cluster_events_counted CHECK (count > 0),
  ADD CONSTRAINT vm_cluster_events_bounded CHECK (length(message) <= 2000 AND length(reason) <= 253);

CREATE TRIGGER vms_announce_symptoms AFTER UPDATE OF symptoms ON vms FOR EACH ROW
  WHEN (OLD.symptoms IS DISTINCT FROM NEW.symptoms) EXECUTE FUNCTION announce_vm();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON vm_cluster_events TO shepherd_web;
END $$;

-- Machines as they were, and their way back.
CREATE TABLE "vm_snapshots" (
    "id" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "vm_name" TEXT NOT NULL,
    "cluster_id" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "status_message" TEXT,
    "size_gb" INTEGER NOT NULL,
    "indications" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "k8s_uid" TEXT,
    "ticket_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "deletion_id" TEXT,
    "created_by" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_snapshots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vm_restores" (
    "id" TEXT NOT NULL,
    "snapshot_id" TEXT NOT NULL,
    "vm_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "status_message" TEXT,
    "k8s_uid" TEXT,
    "ticket_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vm_restores_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "vm_snapshots_event_id_key" ON "vm_snapshots"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "vm_snapshots_deletion_id_key" ON "vm_snapshots"("deletion_id");

-- CreateIndex
CREATE INDEX "vm_snapshots_vm_id_created_at_id_idx" ON "vm_snapshots"("vm_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "vm_snapshots_cluster_id_namespace_name_key" ON "vm_snapshots"("cluster_id", "namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "vm_restores_event_id_key" ON "vm_restores"("event_id");

-- CreateIndex
CREATE INDEX "vm_restores_snapshot_id_idx" ON "vm_restores"("snapshot_id");

-- CreateIndex
CREATE INDEX "vm_restores_vm_id_created_at_id_idx" ON "vm_restores"("vm_id", "created_at" DESC, "id" DESC);

ALTER TABLE vm_snapshots
  ADD CONSTRAINT vm_snapshots_status_known CHECK (status IN ('PENDING', 'CREATING', 'READY', 'FAILED', 'DELETING')),
  ADD CONSTRAINT vm_snapshots_ready_dated CHECK (status <> 'READY' OR (ready_at IS NOT NULL AND k8s_uid IS NOT NULL)),
  ADD CONSTRAINT vm_snapshots_deletion_known CHECK ((status = 'DELETING') = (deletion_id IS NOT NULL)),
  ADD CONSTRAINT vm_snapshots_sized CHECK (size_gb >= 0);
ALTER TABLE vm_restores
  ADD CONSTRAINT vm_restores_status_known CHECK (status IN ('PENDING', 'RESTORING', 'COMPLETED', 'FAILED')),
  ADD CONSTRAINT vm_restores_completed_dated CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL));

-- One way back at a time.
CREATE UNIQUE INDEX vm_restores_one_at_a_time ON vm_restores (vm_id) WHERE status IN ('PENDING', 'RESTORING');

-- Whoever looks at a machine sees what becomes of its snapshots.
CREATE FUNCTION announce_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  machine TEXT := CASE WHEN TG_OP = 'DELETE' THEN OLD.vm_id ELSE NEW.vm_id END;
BEGIN
  PERFORM announce('vm', machine,
    (SELECT s.system_id FROM vms v JOIN services s ON s.id = v.service_id WHERE v.id = machine), NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER vm_snapshots_announce AFTER INSERT OR UPDATE OR DELETE ON vm_snapshots FOR EACH ROW
  EXECUTE FUNCTION announce_snapshot();
CREATE TRIGGER vm_restores_announce AFTER INSERT OR UPDATE ON vm_restores FOR EACH ROW
  EXECUTE FUNCTION announce_snapshot();

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shepherd_web') THEN RETURN; END IF;
  GRANT SELECT, INSERT, UPDATE, DELETE ON vm_snapshots, vm_restores TO shepherd_web;
END $$;
